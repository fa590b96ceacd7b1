import { sql } from "drizzle-orm";
import type { WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { facts, whole } from "./facts";
import { rowsOf } from "./rows";
import { AnalyticsInput } from "./schemas";
import { scopeOf } from "./scope";
import { sum } from "./series";
import type { ClientsView } from "./view";

const SHOWN = 50;

/** Clients by name and version as they say themselves, most calls first. @throws AppError `invalid` */
export async function clients(ctx: WorkspaceCtx, input: AnalyticsInput = {}): Promise<ClientsView> {
  const { scope, axis } = await scopeOf(ctx, parse(AnalyticsInput, input));
  const rows = await rowsOf<{ name: string; version: string; calls: number; members: number; lastAt: number }>(
    ctx.db,
    sql`SELECT client_name AS name, client_version AS version, sum(calls)::float8 AS calls,
        count(DISTINCT member_id)::int AS members, (extract(epoch FROM max(last_at)) * 1000)::float8 AS "lastAt"
      FROM ${facts(scope, whole(axis), ["client", "version", "member"])} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
  );
  const left = rows.slice(SHOWN);
  return {
    clients: rows.slice(0, SHOWN).map(({ lastAt, ...row }) => ({ ...row, lastAt: iso(new Date(lastAt)) })),
    rest: { count: left.length, calls: sum(left.map(({ calls }) => calls)) },
    total: sum(rows.map(({ calls }) => calls)),
  };
}
