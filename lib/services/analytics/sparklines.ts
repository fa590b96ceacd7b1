import { sql } from "drizzle-orm";
import type { Db } from "@/lib/services/context";
import { cut, DAY_MS } from "./axis";
import { facts, type Scope, stepOf } from "./facts";
import { rowsOf } from "./rows";
import { watermark } from "./scope";
import { toSeries } from "./series";

/** Workspaces that one statement asks for. */
const AT_ONCE = 40;

/**
 * Calls an hour over the last 24 h of each of these workspaces, oldest first; the sum is the figure of 24 h.
 * @param asked `memberId`: only that member's calls
 */
export async function sparklines(
  db: Db,
  now: Date,
  asked: readonly { workspaceId: string; memberId: string | null }[],
): Promise<Map<string, number[]>> {
  const axis = cut(new Date(now.getTime() - DAY_MS), now, now);
  const found = new Map(asked.map(({ workspaceId }) => [workspaceId, axis.starts.map(() => 0)]));
  if (asked.length === 0) return found;
  const upTo = await watermark(db, now);
  for (let at = 0; at < asked.length; at += AT_ONCE) {
    const parts = asked.slice(at, at + AT_ONCE).map(({ workspaceId, memberId }) => {
      const where = memberId === null ? {} : { member: memberId };
      const scope: Scope = { workspaceId, where, watermark: upTo, now };
      return sql`SELECT ${workspaceId}::text AS workspace, start, calls FROM ${facts(scope, axis, [])}`;
    });
    const rows = await rowsOf<{ key: string; at: number; calls: number }>(
      db,
      sql`SELECT workspace AS key, ${stepOf(axis)} AS at, sum(calls)::float8 AS calls
        FROM (${sql.join(parts, sql` UNION ALL `)}) AS counted GROUP BY 1, 2`,
    );
    for (const { key, values } of toSeries(axis, rows)) found.set(key, values);
  }
  return found;
}
