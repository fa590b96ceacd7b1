import { and, eq } from "drizzle-orm";
import { invitations } from "@/db/schema/invitations";
import { workspaces } from "@/db/schema/workspaces";
import { hashToken, isWellFormed } from "@/lib/crypto/token";
import { AppError } from "@/lib/errors";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { iso, isoOrNull, isRef } from "@/lib/services/fields";
import type { InvitationView } from "./view";

export type InvitationRow = typeof invitations.$inferSelect;
type State = InvitationView["state"];

/** What an invitation is at `now`. */
export function stateOf(row: InvitationRow, now: Date): State {
  if (row.acceptedAt) return "accepted";
  if (row.revokedAt) return "revoked";
  return row.expiresAt <= now ? "expired" : "pending";
}

/** Row to view; the hash stays behind. */
export function toInvitationView(row: InvitationRow, now: Date): InvitationView {
  const { id, email, domain, role, invitedBy } = row;
  return {
    id,
    email,
    domain,
    role,
    invitedBy,
    state: stateOf(row, now),
    createdAt: iso(row.createdAt),
    expiresAt: iso(row.expiresAt),
    mailedAt: isoOrNull(row.mailedAt),
    acceptedAt: isoOrNull(row.acceptedAt),
    revokedAt: isoOrNull(row.revokedAt),
  };
}

/** An invitation of this workspace. @throws AppError `not_found` for unknown and foreign ones alike */
export async function findInvitation(db: Db, ctx: WorkspaceCtx, id: string): Promise<InvitationRow> {
  const [row] = isRef(id)
    ? await db
        .select()
        .from(invitations)
        .where(and(eq(invitations.workspaceId, ctx.workspace.id), eq(invitations.id, id)))
    : [];
  if (!row) throw new AppError("not_found", "There is no such invitation in this workspace.");
  return row;
}

/** The invitation that a link's token opens, with its workspace. @throws AppError `not_found` for made-up and replaced links alike */
export async function findByToken(
  db: Db,
  token: string,
): Promise<{ invitation: InvitationRow; workspace: { id: string; slug: string; name: string; createdAt: Date } }> {
  const { id, slug, name, createdAt } = workspaces;
  const [found] = isWellFormed(token, "mwi")
    ? await db
        .select({ invitation: invitations, workspace: { id, slug, name, createdAt } })
        .from(invitations)
        .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
        .where(eq(invitations.hash, await hashToken(token)))
    : [];
  if (!found)
    throw new AppError("not_found", "This invitation link does not work. Ask whoever invited you for a new one.");
  return found;
}

/** Why an invitation that is no longer pending cannot be accepted, in words for who holds the link. */
export const WHY_CLOSED: Record<Exclude<State, "pending">, string> = {
  accepted: "This invitation was used already; it works once. Ask for a new one.",
  expired: "This invitation has ended. Ask whoever invited you for a new one.",
  revoked: "This invitation was withdrawn. Ask whoever invited you for a new one.",
};
