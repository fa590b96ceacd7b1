import { sql } from "drizzle-orm";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { toAxisView } from "./axis";
import { facts, stepOf } from "./facts";
import { rowsOf } from "./rows";
import { AnalyticsInput } from "./schemas";
import { scopeOf } from "./scope";
import { type Cell, toSeries } from "./series";
import type { DenialsView } from "./view";

const words = (key: string): string => {
  const text = (key || "refused").replaceAll("_", " ").replace(/^ip\b/, "IP");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};

/** Refused calls by why they were refused. Together they are the refusals of the errors chart. @throws AppError `invalid` */
export async function denials(ctx: WorkspaceCtx, input: AnalyticsInput = {}): Promise<DenialsView> {
  const { scope, axis } = await scopeOf(ctx, parse(AnalyticsInput, input));
  const cells = await rowsOf<Cell>(
    ctx.db,
    sql`SELECT ${stepOf(axis)} AS at, error_class AS key, sum(calls)::float8 AS calls
      FROM ${facts(scope, axis, ["outcome", "errorClass"])} WHERE outcome = 'denied' GROUP BY 1, 2`,
  );
  return { axis: toAxisView(axis), series: toSeries(axis, cells, { label: words }) };
}
