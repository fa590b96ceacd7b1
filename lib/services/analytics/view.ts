import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";

const Count = z.number().int();

/**
 * The range and its steps, the same for all charts of one set of filters. `from` and `to` are exact; the first and the last
 * step hold what lies within them.
 */
export const AxisView = z.object({
  from: IsoTime,
  to: IsoTime,
  /** Width of a step; days are days of UTC, weeks begin on Monday (only where days would be more than 100). */
  step: z.enum(["hour", "day", "week"]),
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
  /** True for the rest past the first eight, whatever its key: a server may well be called `other`. */
  rest: z.boolean(),
});
export type SeriesView = z.infer<typeof SeriesView>;

export const CallsOverTimeView = z.object({ axis: AxisView, series: z.array(SeriesView), total: Count });
export type CallsOverTimeView = z.infer<typeof CallsOverTimeView>;

/** A figure now and in the period of equal length before. Null: there is nothing to say (no calls). */
const Figure = z.object({ now: z.number().nullable(), before: z.number().nullable() });

/** The tiles. Before: of the same length, ending where the range begins. `errorRate` is a share from 0 to 1 of calls that failed or were refused; `p95` in ms, estimated from histograms. */
export const KpiView = z.object({
  calls: Figure,
  activeMembers: Figure,
  errorRate: Figure,
  p95: Figure,
  /** Calls that failed or were refused. */
  errors: Figure,
  axis: AxisView,
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

/** Most called first; `rest` counts what the list leaves out, so that all of it adds up to the tile. */
const Rest = z.object({ count: Count, calls: Count, errors: Count });
export const TopToolsView = z.object({ tools: z.array(TopToolView), rest: Rest, total: Count });
export type TopToolsView = z.infer<typeof TopToolsView>;

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
export const TopMembersView = z.object({ axis: AxisView, members: z.array(TopMemberView), rest: Rest, total: Count });
export type TopMembersView = z.infer<typeof TopMembersView>;

export const ClientView = z.object({
  name: z.string(),
  version: z.string(),
  calls: Count,
  members: Count,
  lastAt: IsoTime,
});
export type ClientView = z.infer<typeof ClientView>;
export const ClientsView = z.object({
  clients: z.array(ClientView),
  rest: z.object({ count: Count, calls: Count }),
  total: Count,
});
export type ClientsView = z.infer<typeof ClientsView>;

/** Refusals by their class (`unknown_tool`, `tool_scope`, `argument_rule`, `ip_denied` …). */
export const DenialsView = z.object({ axis: AxisView, series: z.array(SeriesView) });
export type DenialsView = z.infer<typeof DenialsView>;

export const HeatMapView = z.object({
  zone: z.string(),
  /** 7 rows (Monday first) of 24 hours. */
  cells: z.array(z.array(Count)),
  total: Count,
  /** Counted from here; long ranges show their last 31 days. */
  from: IsoTime,
});
export type HeatMapView = z.infer<typeof HeatMapView>;
