import { and, eq } from "drizzle-orm";
import { invitations } from "@/db/schema/invitations";
import { mintToken } from "@/lib/crypto/token";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { expiryAfter } from "@/lib/services/credential-status";
import { beginMemberChange, permissionOver } from "@/lib/services/member/manage";
import { parse } from "@/lib/services/parse";
import { ResendInvitationInput } from "./schemas";
import { sendInvitations } from "./send";
import { findInvitation, stateOf } from "./states";
import type { InvitedView } from "./view";

/**
 * Makes a new link with a new term for an invitation that is pending or has ended, and mails it; the old link stops
 * working.
 * @throws AppError `forbidden`, `not_found`, `conflict` (accepted or revoked)
 */
export async function resendInvitation(ctx: WorkspaceCtx, input: ResendInvitationInput): Promise<InvitedView> {
  const { invitation: id, expiresInDays } = parse(ResendInvitationInput, input);
  const { token, hash } = await mintToken("mwi");
  const fresh = await ctx.db.transaction(async (tx) => {
    const actor = await beginMemberChange(tx, ctx);
    const old = await findInvitation(tx, ctx, id);
    requirePermission(actor, permissionOver(old.role));
    const state = stateOf(old, ctx.now());
    if (state === "accepted" || state === "revoked")
      throw new AppError("conflict", `This invitation was ${state}. Make a new one.`);
    const expiresAt = expiryAfter(ctx.now(), expiresInDays) ?? ctx.now();
    const [row] = await tx
      .update(invitations)
      .set({ hash, expiresAt, mailedAt: null })
      .where(and(eq(invitations.workspaceId, ctx.workspace.id), eq(invitations.id, id)))
      .returning();
    if (!row) throw new AppError("internal", "The invitation was not stored. Try again.");
    const target = { type: "invitation", id, name: row.email ?? `@${row.domain}` };
    const change = {
      before: { expiresAt: old.expiresAt.toISOString() },
      after: { expiresAt: expiresAt.toISOString() },
    };
    await audit(tx, ctx, "invitation.resend", target, change);
    return { row, token };
  });
  const [view] = await sendInvitations(ctx, [fresh]);
  if (!view) throw new Error("sendInvitations answers one view an invitation");
  return view;
}
