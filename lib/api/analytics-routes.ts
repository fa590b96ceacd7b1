import { callsOverTime } from "@/lib/services/analytics/calls-over-time";
import { clients } from "@/lib/services/analytics/clients";
import { denials } from "@/lib/services/analytics/denials";
import { errorsOverTime } from "@/lib/services/analytics/errors";
import { heatMap } from "@/lib/services/analytics/heat-map";
import { kpis } from "@/lib/services/analytics/kpis";
import { latency } from "@/lib/services/analytics/latency";
import { AnalyticsInput, CallsOverTimeInput, HeatMapInput } from "@/lib/services/analytics/schemas";
import { topMembers } from "@/lib/services/analytics/top-members";
import { topTools } from "@/lib/services/analytics/top-tools";
import {
  CallsOverTimeView,
  ClientsView,
  DenialsView,
  ErrorsView,
  HeatMapView,
  KpiView,
  LatencyView,
  TopMembersView,
  TopToolsView,
} from "@/lib/services/analytics/view";
import { type Operation, workspaceOperation } from "./operation";

/** What the charts show. The filters are those of the call list; without a time the last 7 days are meant. */
export const analyticsRoutes: Operation[] = [
  workspaceOperation("Analytics", "GET", "/analytics/kpis", {
    summary: "Calls, active members, error rate and p95, with the period of equal length before",
    input: AnalyticsInput,
    output: KpiView,
    run: kpis,
  }),
  workspaceOperation("Analytics", "GET", "/analytics/calls-over-time", {
    summary: "Calls a step, the first eight of `by` and the rest",
    input: CallsOverTimeInput,
    output: CallsOverTimeView,
    run: callsOverTime,
  }),
  workspaceOperation("Analytics", "GET", "/analytics/errors", {
    summary: "Failed and refused calls a step, by class",
    input: AnalyticsInput,
    output: ErrorsView,
    run: errorsOverTime,
  }),
  workspaceOperation("Analytics", "GET", "/analytics/latency", {
    summary: "p50, p95 and p99 a step: in all, at the server, and the gateway's share (ms, from histograms)",
    input: AnalyticsInput,
    output: LatencyView,
    run: latency,
  }),
  workspaceOperation("Analytics", "GET", "/analytics/top-tools", {
    summary: "Tools with most calls",
    input: AnalyticsInput,
    output: TopToolsView,
    run: topTools,
  }),
  workspaceOperation("Analytics", "GET", "/analytics/top-members", {
    summary: "Members with most calls; a plain member sees their own",
    input: AnalyticsInput,
    output: TopMembersView,
    run: topMembers,
  }),
  workspaceOperation("Analytics", "GET", "/analytics/clients", {
    summary: "Clients by name and version",
    input: AnalyticsInput,
    output: ClientsView,
    run: clients,
  }),
  workspaceOperation("Analytics", "GET", "/analytics/denials", {
    summary: "Refused calls a step, by why they were refused",
    input: AnalyticsInput,
    output: DenialsView,
    run: denials,
  }),
  workspaceOperation("Analytics", "GET", "/analytics/heat-map", {
    summary: "Calls by hour of the week in a time zone; of a long range its last 31 days",
    input: HeatMapInput,
    output: HeatMapView,
    run: heatMap,
  }),
];
