import { and, asc, eq, inArray } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";

/** Names of a few owners and admins, for members who have to ask one; nothing else about them. */
export async function listAdminNames(ctx: WorkspaceCtx): Promise<string[]> {
  requirePermission(ctx, "workspace.read");
  const rows = await ctx.db
    .selectDistinct({ name: members.name })
    .from(members)
    .where(and(eq(members.workspaceId, ctx.workspace.id), inArray(members.role, ["owner", "admin"])))
    .orderBy(asc(members.name))
    .limit(5);
  return rows.map(({ name }) => name);
}
