"use client";

import dynamic from "next/dynamic";
import { ChartSkeleton } from "@/components/charts/chart-skeleton";

/*
 * The charts as pages use them: the library comes with the first of them, and only to the browser, since what they draw
 * follows the viewer's clock and width. Next reads the options while building, so each stands written out.
 */

export const CallsChart = dynamic(() => import("./calls-chart").then((m) => m.CallsChart), {
  ssr: false,
  loading: () => <ChartSkeleton title="Calls over time" />,
});
export const ErrorsChart = dynamic(() => import("./errors-chart").then((m) => m.ErrorsChart), {
  ssr: false,
  loading: () => <ChartSkeleton title="Error rate" />,
});
export const LatencyChart = dynamic(() => import("./latency-chart").then((m) => m.LatencyChart), {
  ssr: false,
  loading: () => <ChartSkeleton title="Latency" />,
});
export const ShareChart = dynamic(() => import("./share-chart").then((m) => m.ShareChart), {
  ssr: false,
  loading: () => <ChartSkeleton title="Server and gateway" />,
});
export const Denials = dynamic(() => import("./denials").then((m) => m.Denials), {
  ssr: false,
  loading: () => <ChartSkeleton title="Refused calls" />,
});
export const HeatMap = dynamic(() => import("./heat-map").then((m) => m.HeatMap), {
  ssr: false,
  loading: () => <ChartSkeleton title="Busy hours" />,
});
export const DemoChart = dynamic(() => import("./demo-chart").then((m) => m.DemoChart), {
  ssr: false,
  loading: () => <ChartSkeleton title="Calls over time" />,
});
