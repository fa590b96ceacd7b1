import { and, desc, eq } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { oauthGrants } from "@/db/schema/oauth-grants";
import { allows } from "@/lib/access/permissions";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { toGrantView } from "./to-view";
import type { GrantView } from "./view";

/** Grants, newest first, ended ones too; own ones only below `token.manage`. @throws AppError `forbidden` */
export async function listGrants(ctx: WorkspaceCtx): Promise<GrantView[]> {
  requirePermission(ctx, "token.own");
  const own = allows(ctx.role, "token.manage") ? undefined : eq(oauthGrants.memberId, ctx.memberId);
  const rows = await ctx.db
    .select({ grant: oauthGrants, member: members.name })
    .from(oauthGrants)
    .innerJoin(members, eq(members.id, oauthGrants.memberId))
    .where(and(eq(oauthGrants.workspaceId, ctx.workspace.id), own))
    .orderBy(desc(oauthGrants.createdAt), desc(oauthGrants.id));
  const now = ctx.now();
  return rows.map((row) => toGrantView(row.grant, row.member, now));
}
