import { type SQL, sql } from "drizzle-orm";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { type Axis, toAxisView } from "./axis";
import { facts, IS_ERROR, type Scope, stepOf, whole } from "./facts";
import { presentMembers } from "./member-names";
import { rowsOf } from "./rows";
import { AnalyticsInput } from "./schemas";
import { scopeOf } from "./scope";
import { sum } from "./series";
import type { TopMembersView } from "./view";

const SHOWN = 25;

interface Row {
  memberId: string;
  calls: number;
  errors: number;
  lastAt: number;
  steps: Record<string, number>;
}

/** Members with most calls. @throws AppError `invalid` */
export async function topMembers(ctx: WorkspaceCtx, input: AnalyticsInput = {}): Promise<TopMembersView> {
  const { scope, axis } = await scopeOf(ctx, parse(AnalyticsInput, input));
  const counting = toolsOfMembers(ctx.db, scope, axis);
  counting.catch(() => undefined); // awaited below, unless the other query fails first
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`WITH counted AS (SELECT member_id, ${stepOf(axis)} AS at, sum(calls) AS calls,
        coalesce(sum(calls) FILTER (WHERE ${IS_ERROR}), 0) AS errors, max(last_at) AS last_at
      FROM ${facts(scope, axis, ["member", "outcome"])} GROUP BY 1, 2)
    SELECT member_id AS "memberId", sum(calls)::float8 AS calls, sum(errors)::float8 AS errors,
      (extract(epoch FROM max(last_at)) * 1000)::float8 AS "lastAt", json_object_agg(at::bigint, calls) AS steps
    FROM counted GROUP BY 1 ORDER BY 2 DESC, 1`,
  );
  const tools = await counting;
  const top = rows.slice(0, SHOWN);
  const left = rows.slice(SHOWN);
  const ids = top.map(({ memberId }) => memberId);
  const present = await presentMembers(ctx, ids);
  const gone = await namesOfGone(
    ctx.db,
    scope,
    axis,
    ids.filter((id) => !present.has(id)),
  );
  return {
    axis: toAxisView(axis),
    members: top.map(({ memberId, calls, errors, lastAt, steps }) => ({
      memberId,
      name: present.get(memberId) ?? gone.get(memberId) ?? memberId,
      gone: !present.has(memberId),
      calls,
      errors,
      tools: tools.get(memberId) ?? 0,
      lastAt: iso(new Date(lastAt)),
      spark: axis.starts.map((start) => Number(steps[start] ?? 0)),
    })),
    rest: {
      count: left.length,
      calls: sum(left.map(({ calls }) => calls)),
      errors: sum(left.map(({ errors }) => errors)),
    },
    total: sum(rows.map(({ calls }) => calls)),
  };
}

const listOf = (ids: string[]): SQL =>
  sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  );

/** Their names as of their newest calls. */
async function namesOfGone(db: Db, scope: Scope, axis: Axis, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf<{ memberId: string; actor: string }>(
    db,
    sql`SELECT DISTINCT ON (member_id) member_id AS "memberId", actor_name AS actor
      FROM ${facts(scope, whole(axis), ["member"])} WHERE member_id IN (${listOf(ids)}) ORDER BY member_id, last_at DESC`,
  );
  return new Map(rows.map(({ memberId, actor }) => [memberId, actor]));
}

/** How many different tools each member called. Asked while the calls are counted, so it takes no time of its own. */
async function toolsOfMembers(db: Db, scope: Scope, axis: Axis): Promise<Map<string, number>> {
  const rows = await rowsOf<{ memberId: string; tools: number }>(
    db,
    sql`SELECT member_id AS "memberId", count(*)::int AS tools FROM (
      SELECT member_id, server, tool FROM ${facts(scope, whole(axis), ["member", "server", "tool"])}
      GROUP BY 1, 2, 3) AS pairs GROUP BY 1`,
  );
  return new Map(rows.map(({ memberId, tools }) => [memberId, tools]));
}
