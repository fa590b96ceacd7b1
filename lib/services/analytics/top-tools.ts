import { sql } from "drizzle-orm";
import { exposeName } from "@/lib/mcp/tool-name";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import type { Axis } from "./axis";
import { durations, latencyFacts, percentiles } from "./durations";
import { facts, IS_ERROR, type Scope, whole } from "./facts";
import { rowsOf } from "./rows";
import { AnalyticsInput } from "./schemas";
import { scopeOf } from "./scope";
import { sum } from "./series";
import type { TopToolsView } from "./view";

const SHOWN = 20;

interface Row {
  server: string;
  tool: string;
  calls: number;
  errors: number;
}

/** Tools with most calls. @throws AppError `invalid` */
export async function topTools(ctx: WorkspaceCtx, input: AnalyticsInput = {}): Promise<TopToolsView> {
  const { scope, axis } = await scopeOf(ctx, parse(AnalyticsInput, input));
  return toolsOf(ctx.db, scope, axis, SHOWN);
}

/** The same for whoever has a scope already. */
export async function toolsOf(
  db: Db,
  scope: Scope,
  range: Pick<Axis, "from" | "to" | "grain">,
  shown: number,
): Promise<TopToolsView> {
  const rows = await rowsOf<Row>(
    db,
    sql`SELECT server, tool, sum(calls)::float8 AS calls, coalesce(sum(calls) FILTER (WHERE ${IS_ERROR}), 0)::float8 AS errors
      FROM ${facts(scope, whole(range), ["server", "tool", "outcome"])} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
  );
  const top = rows.slice(0, shown);
  const p95 = await p95OfTools(db, scope, range, top);
  const left = rows.slice(shown);
  return {
    tools: top.map((row) => ({
      ...row,
      qualifiedName: row.server ? exposeName(row.server, row.tool) : row.tool,
      p95: p95.get(key(row)) ?? null,
    })),
    rest: {
      count: left.length,
      calls: sum(left.map(({ calls }) => calls)),
      errors: sum(left.map(({ errors }) => errors)),
    },
    total: sum(rows.map(({ calls }) => calls)),
  };
}

const key = ({ server, tool }: Pick<Row, "server" | "tool">): string => `${server}\u0001${tool}`;

/** Histograms are kept by tool, not by tool and member and so on: under other filters there is nothing to say. */
async function p95OfTools(
  db: Db,
  scope: Scope,
  range: Pick<Axis, "from" | "to" | "grain">,
  tools: readonly Row[],
): Promise<Map<string, number | null>> {
  const asked = Object.keys(scope.where);
  if (tools.length === 0 || asked.some((dim) => dim !== "server" && dim !== "tool")) return new Map();
  if (tools.length === 1 && tools[0]) {
    const where = { server: tools[0].server, tool: tools[0].tool };
    return new Map([[key(tools[0]), (await durations(db, { ...scope, where }, range)).overall.total.p95]]);
  }
  const list = sql.join(
    tools.map(({ server, tool }) => sql`(${server}::text, ${tool}::text)`),
    sql`, `,
  );
  const rows = await rowsOf<{ server: string; tool: string; bucket: number; calls: number }>(
    db,
    sql`SELECT server, tool, bucket::int AS bucket, sum(total)::float8 AS calls
      FROM ${latencyFacts({ ...scope, where: {} }, range, "tool", { only: sql`(server, tool) IN (${list})`, totals: true })}
      WHERE total > 0 GROUP BY 1, 2, 3`,
  );
  const histograms = new Map<string, number[]>();
  for (const row of rows) {
    const counts = histograms.get(key(row)) ?? [];
    counts[row.bucket] = row.calls;
    histograms.set(key(row), counts);
  }
  return new Map([...histograms].map(([name, counts]) => [name, percentiles(counts).p95]));
}
