import { asc, eq, sql } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { workspaces } from "@/db/schema/workspaces";
import { allows } from "@/lib/access/permissions";
import { sum } from "@/lib/services/analytics/series";
import { sparklines } from "@/lib/services/analytics/sparklines";
import { type Ctx, requireUser } from "@/lib/services/context";
import { toWorkspaceView } from "./to-view";
import type { WorkspaceListItem } from "./view";

/** The workspaces that the actor is a member of, by name. */
export async function listWorkspaces(ctx: Ctx): Promise<WorkspaceListItem[]> {
  const userId = requireUser(ctx);
  const rows = await ctx.db
    .select({
      workspace: workspaces,
      role: members.role,
      servers: sql<number>`(select count(*)::int from servers s where s.workspace_id = workspaces.id)`,
      members: sql<number>`(select count(*)::int from members m where m.workspace_id = workspaces.id)`,
      memberId: members.id,
    })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(eq(members.userId, userId))
    .orderBy(asc(workspaces.name), asc(workspaces.id));
  const asked = rows.map(({ workspace, role, memberId }) => ({
    workspaceId: workspace.id,
    memberId: allows(role, "call.read") ? null : memberId,
  }));
  const sparks = await sparklines(ctx.db, ctx.now(), asked);
  return rows.map((row) => ({
    ...toWorkspaceView(ctx, row.workspace, row.role),
    servers: row.servers,
    members: row.members,
    calls24h: sum(sparks.get(row.workspace.id) ?? []),
    spark24h: sparks.get(row.workspace.id) ?? [],
  }));
}
