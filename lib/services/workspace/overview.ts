import { eq, sql } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { DAY_MS } from "@/lib/services/analytics/axis";
import { count } from "@/lib/services/analytics/kpis";
import { scopeOf } from "@/lib/services/analytics/scope";
import { toolsOf } from "@/lib/services/analytics/top-tools";
import { listCalls } from "@/lib/services/call/list";
import { CallFilters } from "@/lib/services/call/schemas";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { listServers } from "@/lib/services/server/list";
import { toWorkspaceView } from "./to-view";
import type { OverviewView } from "./view";

const TOP_TOOLS = 5;
const DENIALS = 5;

/** Figures and last calls of a workspace for its front page; the last calls of a plain member are their own. */
export async function workspaceOverview(ctx: WorkspaceCtx): Promise<OverviewView> {
  const now = ctx.now().getTime();
  const servers = await listServers(ctx);
  const enabled = servers.filter((server) => server.enabled);
  const { calls: lastCalls } = await listCalls(ctx, { limit: 10 });
  const { calls: recentDenials } = await listCalls(ctx, { outcome: "denied", limit: DENIALS });
  const counted = await countCalls(ctx, now);
  const people = await countPeople(ctx, new Date(now));
  return {
    workspace: toWorkspaceView(ctx, ctx.workspace, ctx.role),
    ...counted,
    servers: {
      total: servers.length,
      enabled: enabled.length,
      up: enabled.filter((server) => server.status === "up").length,
      problems: enabled.flatMap(({ slug, name, problem }) => (problem ? [{ slug, name, problem }] : [])),
    },
    tools: {
      total: enabled.reduce((sum, server) => sum + server.tools.total, 0),
      enabled: enabled.reduce((sum, server) => sum + server.tools.enabled, 0),
    },
    ...people,
    lastCalls,
    recentDenials,
  };
}

/** Of the last 24 h, the day before, today, and the same part of the same weekday before; from the same facts as the charts. */
async function countCalls(ctx: WorkspaceCtx, now: number) {
  const { scope } = await scopeOf(ctx, parse(CallFilters, { range: "24h" }));
  const range = (from: number, to: number) => ({ from: new Date(from), to: new Date(to), grain: "hour" as const });
  const of = (from: number, to: number) => count(ctx.db, scope, range(from, to));
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  const last = await of(now - DAY_MS, now);
  const { tools } = await toolsOf(ctx.db, scope, range(now - DAY_MS, now), TOP_TOOLS);
  return {
    calls: {
      last24h: last.calls,
      previous24h: (await of(now - 2 * DAY_MS, now - DAY_MS)).calls,
      failed24h: last.errors,
      today: (await of(midnight, now)).calls,
      sameDayLastWeek: (await of(midnight - 7 * DAY_MS, now - 7 * DAY_MS)).calls,
    },
    activeMembers: last.members,
    topTools: tools,
  };
}

async function countPeople(ctx: WorkspaceCtx, now: Date) {
  const [row] = await ctx.db
    .select({
      members: sql<number>`count(*)::int`,
      activeTokens: sql<number>`(select count(*)::int from tokens t where t.workspace_id = ${ctx.workspace.id}
        and t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now.toISOString()}::timestamptz))`,
    })
    .from(members)
    .where(eq(members.workspaceId, ctx.workspace.id));
  return row ?? { members: 0, activeTokens: 0 };
}
