import { and, eq, isNull } from "drizzle-orm";
import { invitations } from "@/db/schema/invitations";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { beginMemberChange, permissionOver } from "@/lib/services/member/manage";
import { parse } from "@/lib/services/parse";
import { RevokeInvitationInput } from "./schemas";
import { findInvitation, toInvitationView } from "./states";
import type { InvitationView } from "./view";

/**
 * Withdraws an invitation: its link stops working. Revoking a revoked one changes nothing.
 * @throws AppError `forbidden`, `not_found`, `conflict` (accepted: remove the member instead)
 */
export async function revokeInvitation(ctx: WorkspaceCtx, input: RevokeInvitationInput): Promise<InvitationView> {
  const { invitation: id } = parse(RevokeInvitationInput, input);
  return ctx.db.transaction(async (tx) => {
    const actor = await beginMemberChange(tx, ctx);
    const found = await findInvitation(tx, ctx, id);
    requirePermission(actor, permissionOver(found.role));
    if (found.acceptedAt) throw new AppError("conflict", "This invitation was accepted. Remove the member instead.");
    const [row] = await tx
      .update(invitations)
      .set({ revokedAt: ctx.now() })
      .where(and(eq(invitations.workspaceId, ctx.workspace.id), eq(invitations.id, id), isNull(invitations.revokedAt)))
      .returning();
    const target = { type: "invitation", id, name: found.email ?? `@${found.domain}` };
    if (row) await audit(tx, ctx, "invitation.revoke", target, { before: { role: found.role } });
    return toInvitationView(row ?? found, ctx.now());
  });
}
