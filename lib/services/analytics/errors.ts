import { sql } from "drizzle-orm";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { toAxisView } from "./axis";
import { facts, stepOf } from "./facts";
import { rowsOf } from "./rows";
import { AnalyticsInput } from "./schemas";
import { scopeOf } from "./scope";
import { addUp, type Cell, toSeries } from "./series";
import type { ErrorsView } from "./view";

/** Classes of the gateway and the function runtime by what a reader can do about them. */
const TIMEOUTS = ["timeout", "connect_timeout", "deadline", "cpu_limit", "took_too_long"];
const KINDS = {
  denied: "Refused",
  tool_error: "Tool error",
  upstream: "Upstream",
  timeout: "Timeout",
  rate_limited: "Rate limited",
  other: "Other",
};
type Kind = keyof typeof KINDS;

function kindOf(outcome: string, errorClass: string): Kind | null {
  if (outcome === "denied") return errorClass === "rate_limited" ? "rate_limited" : "denied";
  if (outcome === "tool_error") return "tool_error";
  if (outcome !== "error") return null;
  if (errorClass === "rate_limited") return "rate_limited";
  if (TIMEOUTS.includes(errorClass)) return "timeout";
  return errorClass === "internal" || errorClass === "missing_secret" || errorClass === "" ? "other" : "upstream";
}

/** What went wrong, by class, over all calls. Together the series are the errors of the tile. @throws AppError `invalid` */
export async function errorsOverTime(ctx: WorkspaceCtx, input: AnalyticsInput = {}): Promise<ErrorsView> {
  const { scope, axis } = await scopeOf(ctx, parse(AnalyticsInput, input));
  const rows = await rowsOf<{ at: number; outcome: string; errorClass: string; calls: number }>(
    ctx.db,
    sql`SELECT ${stepOf(axis)} AS at, outcome, error_class AS "errorClass", sum(calls)::float8 AS calls
      FROM ${facts(scope, axis, ["outcome", "errorClass"])} GROUP BY 1, 2, 3`,
  );
  const cells = rows.flatMap(({ at, outcome, errorClass, calls }): Cell[] => {
    const key = kindOf(outcome, errorClass);
    return key === null ? [] : [{ at, key, calls }];
  });
  const all = toSeries(
    axis,
    rows.map(({ at, calls }) => ({ at, key: "all", calls })),
  );
  const label = (key: string) => KINDS[key as Kind];
  return {
    axis: toAxisView(axis),
    calls: addUp(axis, all),
    series: toSeries(axis, cells, { label, keys: Object.keys(KINDS) }),
  };
}
