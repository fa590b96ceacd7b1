import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { toAxisView } from "./axis";
import { durations, percentiles } from "./durations";
import { AnalyticsInput } from "./schemas";
import { scopeOf } from "./scope";
import type { LatencyView } from "./view";

/** How long calls took: in all, at the server, and in the gateway, a step and over the range. @throws AppError `invalid` */
export async function latency(ctx: WorkspaceCtx, input: AnalyticsInput = {}): Promise<LatencyView> {
  const { scope, axis } = await scopeOf(ctx, parse(AnalyticsInput, input));
  const { steps, overall, sampled } = await durations(ctx.db, scope, axis, axis);
  const line = (part: "total" | "upstream" | "gateway") =>
    axis.starts.map((start) => percentiles(steps.get(start)?.[part] ?? []));
  return {
    axis: toAxisView(axis),
    total: line("total"),
    upstream: line("upstream"),
    gateway: line("gateway"),
    overall,
    sampled,
  };
}
