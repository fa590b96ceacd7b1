import { z } from "zod";
import { CallFilters } from "@/lib/services/call/schemas";

/** What bars are stacked by, and what a list counts. */
export const DIMENSIONS = ["member", "server", "tool", "client", "outcome"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/**
 * Filters of every chart: those of the call list, so that a chart, its table and the list it leads to are of the same calls.
 * Without a time the last 7 days are meant.
 */
export const AnalyticsInput = CallFilters;
export type AnalyticsInput = z.input<typeof AnalyticsInput>;

export const CallsOverTimeInput = CallFilters.safeExtend({
  by: z.enum(DIMENSIONS, `One of ${DIMENSIONS.join(", ")}`).default("outcome"),
});
export type CallsOverTimeInput = z.input<typeof CallsOverTimeInput>;

/** `zone`: an IANA time zone, e.g. `Europe/Berlin`; the hours of the week are counted in it. */
export const HeatMapInput = CallFilters.safeExtend({ zone: z.string().max(64).default("UTC") });
export type HeatMapInput = z.input<typeof HeatMapInput>;
