import { sql } from "drizzle-orm";
import { percentile } from "@/lib/latency-buckets";
import { latencyFacts } from "@/lib/services/analytics/durations";
import { facts } from "@/lib/services/analytics/facts";
import { rowsOf } from "@/lib/services/analytics/rows";
import { AnalyticsInput } from "@/lib/services/analytics/schemas";
import { scopeOf } from "@/lib/services/analytics/scope";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import type { ServerHealthView } from "./view";

/**
 * How the servers did in the last 24 hours, all of them in two queries: the p95 of their calls, and what failed last. Who
 * sees their own calls only gets the failures of these, and no percentiles: histograms are not kept by member and server.
 */
export async function serverHealth(ctx: WorkspaceCtx): Promise<ServerHealthView[]> {
  const { scope, axis } = await scopeOf(ctx, parse(AnalyticsInput, { range: "24h" }));
  const whole = scope.where.member === undefined;
  const [buckets, failures] = await Promise.all([
    whole
      ? rowsOf<{ server: string; bucket: number; calls: number }>(
          ctx.db,
          sql`SELECT server, bucket::int AS bucket, sum(total)::float8 AS calls
            FROM ${latencyFacts(scope, axis, "tool")} WHERE total > 0 GROUP BY 1, 2`,
        )
      : [],
    rowsOf<{ server: string; errorClass: string; at: number }>(
      ctx.db,
      sql`SELECT DISTINCT ON (server) server, error_class AS "errorClass", (extract(epoch FROM last_at) * 1000)::float8 AS at
        FROM ${facts(scope, axis, ["server", "outcome", "errorClass"])}
        WHERE outcome IN ('error', 'tool_error') ORDER BY server, last_at DESC`,
    ),
  ]);
  const names = new Set([...buckets, ...failures].map(({ server }) => server));
  return [...names].sort().map((server) => {
    const counts: number[] = [];
    for (const row of buckets) if (row.server === server) counts[row.bucket] = row.calls;
    const failed = failures.find((row) => row.server === server);
    return {
      server,
      p95: percentile(
        Array.from(counts, (count) => count ?? 0),
        0.95,
      ),
      lastError: failed ? { at: new Date(failed.at).toISOString(), errorClass: failed.errorClass || null } : null,
    };
  });
}
