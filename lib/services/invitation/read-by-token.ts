import type { Ctx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { InvitationTokenInput } from "./schemas";
import { findByToken, stateOf } from "./states";
import type { OpenInvitationView } from "./view";

/**
 * What the holder of an invitation link may see before signing in; the link itself is the credential.
 * @throws AppError `not_found` for made-up and replaced links alike
 */
export async function readInvitation(ctx: Ctx, input: InvitationTokenInput): Promise<OpenInvitationView> {
  const { token } = parse(InvitationTokenInput, input);
  const { invitation, workspace } = await findByToken(ctx.db, token);
  const { invitedBy, role, email, domain, expiresAt } = invitation;
  const state = stateOf(invitation, ctx.now());
  return { workspaceName: workspace.name, invitedBy, role, email, domain, expiresAt: iso(expiresAt), state };
}
