import { and, eq, gte, sql } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { members } from "@/db/schema/members";
import { idFloor } from "@/lib/ids";
import { listCalls } from "@/lib/services/call/list";
import type { WorkspaceCtx } from "@/lib/services/context";
import { listServers } from "@/lib/services/server/list";
import { toWorkspaceView } from "./to-view";
import type { OverviewView } from "./view";

const DAY_MS = 86_400_000;

/** Figures and last calls of a workspace for its front page; the last calls of a plain member are their own. */
export async function workspaceOverview(ctx: WorkspaceCtx): Promise<OverviewView> {
  const now = ctx.now().getTime();
  const servers = await listServers(ctx);
  const enabled = servers.filter((server) => server.enabled);
  const { calls: lastCalls } = await listCalls(ctx, { limit: 10 });
  const { active, ...counted } = await countCalls(ctx, now);
  const people = await countPeople(ctx, new Date(now));
  return {
    workspace: toWorkspaceView(ctx, ctx.workspace, ctx.role),
    calls: counted,
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
    activeMembers: active,
    ...people,
    lastCalls,
  };
}

/** One pass over the calls of 48 h, by the index on workspace and id. */
async function countCalls(ctx: WorkspaceCtx, now: number) {
  const today = idFloor("call", now - DAY_MS);
  const [row] = await ctx.db
    .select({
      last24h: sql<number>`(count(*) filter (where ${calls.id} >= ${today}))::int`,
      previous24h: sql<number>`(count(*) filter (where ${calls.id} < ${today}))::int`,
      failed24h: sql<number>`(count(*) filter (where ${calls.id} >= ${today} and ${calls.outcome} in ('error', 'tool_error', 'denied')))::int`,
      active: sql<number>`(count(distinct ${calls.memberId}) filter (where ${calls.id} >= ${today}))::int`,
    })
    .from(calls)
    .where(and(eq(calls.workspaceId, ctx.workspace.id), gte(calls.id, idFloor("call", now - 2 * DAY_MS))));
  return row ?? { last24h: 0, previous24h: 0, failed24h: 0, active: 0 };
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
