import { sql } from "drizzle-orm";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { type Axis, before, toAxisView } from "./axis";
import { durations } from "./durations";
import { facts, IS_ERROR, type Scope, whole } from "./facts";
import { rowsOf } from "./rows";
import { AnalyticsInput } from "./schemas";
import { scopeOf } from "./scope";
import type { KpiView } from "./view";

type Range = Pick<Axis, "from" | "to" | "grain">;

/** The tiles, each with the period of equal length before. @throws AppError `invalid` */
export async function kpis(ctx: WorkspaceCtx, input: AnalyticsInput = {}): Promise<KpiView> {
  const { scope, axis } = await scopeOf(ctx, parse(AnalyticsInput, input));
  const earlier = { ...before(axis), grain: axis.grain };
  const now = await count(ctx.db, scope, axis);
  const then = await count(ctx.db, scope, earlier);
  return {
    calls: { now: now.calls, before: then.calls },
    activeMembers: { now: now.members, before: then.members },
    errors: { now: now.errors, before: then.errors },
    errorRate: { now: share(now), before: share(then) },
    p95: { now: await p95(ctx.db, scope, axis), before: await p95(ctx.db, scope, earlier) },
    axis: toAxisView(axis),
  };
}

interface Counts {
  calls: number;
  errors: number;
  members: number;
}

/** Calls, errors and members with a call of a range. */
export async function count(db: Db, scope: Scope, range: Range): Promise<Counts> {
  const [row] = await rowsOf<Counts>(
    db,
    sql`SELECT coalesce(sum(calls), 0)::float8 AS calls, coalesce(sum(calls) FILTER (WHERE ${IS_ERROR}), 0)::float8 AS errors,
      count(DISTINCT member_id)::int AS members FROM ${facts(scope, whole(range), ["member", "outcome"])}`,
  );
  return row ?? { calls: 0, errors: 0, members: 0 };
}

const share = ({ calls, errors }: Counts): number | null => (calls === 0 ? null : errors / calls);

async function p95(db: Db, scope: Scope, range: Range): Promise<number | null> {
  return (await durations(db, scope, range)).overall.total.p95;
}
