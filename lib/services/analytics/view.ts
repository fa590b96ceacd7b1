import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";

const Count = z.number().int();

/** The range and its steps, the same for all charts of one set of filters. */
export const AxisView = z.object({
  from: IsoTime,
  to: IsoTime,
  /** Width of a step; days are days of UTC. */
  step: z.enum(["hour", "day"]),
  /** Starts of the steps, oldest first, without a gap. */
  starts: z.array(IsoTime),
  /** Whether the last step is still running: its bar is drawn hatched. */
  partial: z.boolean(),
});
export type AxisView = z.infer<typeof AxisView>;

/** One line or stack: a value a step of the axis. */
export const SeriesView = z.object({
  /** Filter value (member id, slug, tool's qualified name, client name, outcome); `other` for the rest past the first eight. */
  key: z.string(),
  /** For people. */
  label: z.string(),
  values: z.array(Count),
  total: Count,
});
export type SeriesView = z.infer<typeof SeriesView>;

export const CallsOverTimeView = z.object({ axis: AxisView, series: z.array(SeriesView), total: Count });
export type CallsOverTimeView = z.infer<typeof CallsOverTimeView>;

/** A figure now and in the period of equal length before. Null: there is nothing to say (no calls). */
const Figure = z.object({ now: z.number().nullable(), before: z.number().nullable() });

/** The tiles. `errorRate` is a share from 0 to 1 of calls that failed or were refused; `p95` in ms, estimated from histograms. */
export const KpiView = z.object({
  calls: Figure,
  activeMembers: Figure,
  errorRate: Figure,
  p95: Figure,
});
export type KpiView = z.infer<typeof KpiView>;

/** What went wrong, a series a class, over all calls of each step. */
export const ErrorsView = z.object({
  axis: AxisView,
  /** All calls of each step, errors or not. */
  calls: z.array(Count),
  /** Keys: `denied`, `tool_error`, `upstream`, `timeout`, `rate_limited`, `other`. */
  series: z.array(SeriesView),
});
export type ErrorsView = z.infer<typeof ErrorsView>;

/** Percentiles in ms of one step; null where no call finished. */
const Percentiles = z.object({
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});
export const LatencyView = z.object({
  axis: AxisView,
  total: z.array(Percentiles),
  upstream: z.array(Percentiles),
  gateway: z.array(Percentiles),
  /** Over the whole range. */
  overall: z.object({ total: Percentiles, upstream: Percentiles, gateway: Percentiles }),
  /** Set where only the newest calls were looked at: how many. */
  sampled: Count.nullable(),
});
export type LatencyView = z.infer<typeof LatencyView>;

export const TopToolView = z.object({
  server: z.string(),
  tool: z.string(),
  qualifiedName: z.string(),
  calls: Count,
  errors: Count,
  p95: z.number().nullable(),
});
export type TopToolView = z.infer<typeof TopToolView>;

export const TopMemberView = z.object({
  memberId: z.string(),
  /** As named now, or in the newest call where the member is gone. */
  name: z.string(),
  gone: z.boolean(),
  calls: Count,
  errors: Count,
  tools: Count,
  lastAt: IsoTime,
  /** Calls a step of the axis. */
  spark: z.array(Count),
});
export type TopMemberView = z.infer<typeof TopMemberView>;

export const ClientView = z.object({ name: z.string(), version: z.string(), calls: Count, members: Count, lastAt: IsoTime });
export type ClientView = z.infer<typeof ClientView>;

/** Refusals by their class (`unknown_tool`, `tool_scope`, `argument_rule`, `ip_denied` …). */
export const DenialsView = z.object({ axis: AxisView, series: z.array(SeriesView) });
export type DenialsView = z.infer<typeof DenialsView>;

export const HeatMapView = z.object({
  zone: z.string(),
  /** 7 rows (Monday first) of 24 hours. */
  cells: z.array(z.array(Count)),
  /** Counted from here; long ranges show their last 31 days. */
  from: IsoTime,
});
export type HeatMapView = z.infer<typeof HeatMapView>;
