import { oauthGrants } from "@/db/schema/oauth-grants";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";

/** A grant as the authorization server made it; this only writes down who allowed it to whom. */
export interface NewGrant {
  /** The authorization server's grant id. */
  id: string;
  clientId: string;
  /** The client's own name for itself, made plain. */
  clientName: string;
  redirectHost: string;
  /** When it ends unless its client comes back before. */
  expiresAt: Date;
}

/** Records that the acting member lets a client use the workspace in their name. @throws AppError `forbidden` */
export async function createGrant(ctx: WorkspaceCtx, grant: NewGrant): Promise<void> {
  requirePermission(ctx, "gateway.use");
  await ctx.db.transaction(async (tx) => {
    const row = { ...grant, workspaceId: ctx.workspace.id, memberId: ctx.memberId, createdAt: ctx.now() };
    const [made] = await tx.insert(oauthGrants).values(row).returning({ id: oauthGrants.id });
    if (!made) throw new AppError("internal", "The grant was not stored. Try again.");
    const after = { memberId: ctx.memberId, clientId: grant.clientId, redirectHost: grant.redirectHost };
    await audit(tx, ctx, "grant.create", { type: "grant", id: grant.id, name: grant.clientName }, { after });
  });
}
