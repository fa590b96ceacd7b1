import { asc, eq, inArray, sql } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { workspaces } from "@/db/schema/workspaces";
import { PERMISSIONS } from "@/lib/access/permissions";
import { idFloor } from "@/lib/ids";
import { type Ctx, requireUser } from "@/lib/services/context";
import { toWorkspaceView } from "./to-view";
import type { WorkspaceListItem } from "./view";

const DAY_MS = 24 * 3_600_000;

/** The workspaces that the actor is a member of, by name. */
export async function listWorkspaces(ctx: Ctx): Promise<WorkspaceListItem[]> {
  const userId = requireUser(ctx);
  const readsAll = inArray(members.role, [...PERMISSIONS["call.read"].roles]);
  const rows = await ctx.db
    .select({
      workspace: workspaces,
      role: members.role,
      servers: sql<number>`(select count(*)::int from servers s where s.workspace_id = workspaces.id)`,
      members: sql<number>`(select count(*)::int from members m where m.workspace_id = workspaces.id)`,
      calls24h: sql<number>`(select count(*)::int from calls c where c.workspace_id = workspaces.id
        and c.id >= ${idFloor("call", ctx.now().getTime() - DAY_MS)} and (${readsAll} or c.member_id = members.id))`,
    })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(eq(members.userId, userId))
    .orderBy(asc(workspaces.name), asc(workspaces.id));
  return rows.map((row) => ({
    ...toWorkspaceView(ctx, row.workspace, row.role),
    servers: row.servers,
    members: row.members,
    calls24h: row.calls24h,
  }));
}
