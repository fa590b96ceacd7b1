import { and, eq, gt, isNull } from "drizzle-orm";
import { invitations } from "@/db/schema/invitations";
import { members } from "@/db/schema/members";
import { users } from "@/db/schema/users";
import { allows } from "@/lib/access/permissions";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import { type Ctx, type Db, requireUser, type WorkspaceCtx } from "@/lib/services/context";
import { domainOf } from "@/lib/services/fields";
import type { MemberRow } from "@/lib/services/member/manage";
import { parse } from "@/lib/services/parse";
import { storeToken } from "@/lib/services/token/create";
import { touchAccess } from "@/lib/services/workspace/touch";
import { InvitationTokenInput } from "./schemas";
import { findByToken, type InvitationRow, stateOf, WHY_CLOSED } from "./states";
import type { AcceptedView } from "./view";

type User = Pick<typeof users.$inferSelect, "id" | "email" | "name">;

/**
 * Makes the signed-in person a member with the invitation's role (never one from the link) and mints their first token.
 * Works once, and only for the address or domain that was invited; a refusal leaves the invitation as it was.
 * @throws AppError `unauthorized`, `not_found`, `forbidden` (another address), `conflict` (used, ended, revoked; already a member)
 */
export async function acceptInvitation(ctx: Ctx, input: InvitationTokenInput): Promise<AcceptedView> {
  const userId = requireUser(ctx);
  const { token } = parse(InvitationTokenInput, input);
  const { workspace } = await findByToken(ctx.db, token);
  return ctx.db.transaction(async (tx) => {
    await touchAccess(tx, workspace.id); // the lock: one accept at a time
    const { invitation } = await findByToken(tx, token);
    const { id, email, name } = users;
    const [user] = await tx.select({ id, email, name }).from(users).where(eq(users.id, userId));
    if (!user) throw new AppError("unauthorized", "Sign in first.");
    requireBinding(invitation, user.email);
    await refuseMember(tx, workspace.id, user);
    const member = await join(tx, ctx, invitation, user);
    await use(tx, ctx, invitation, member);
    const { role, id: memberId } = member;
    const inside: WorkspaceCtx = { ...ctx, workspace, role, memberId };
    const first = allows(role, "gateway.use") ? await storeToken(tx, inside, member, "First token", undefined) : null;
    return { slug: workspace.slug, workspaceName: workspace.name, memberId, role, token: first };
  });
}

/** Addresses are stored NFKC-normalised in lower case on both sides. A subdomain is another domain. */
function requireBinding({ email, domain }: InvitationRow, own: string): void {
  if (email === null ? domainOf(own) === domain : own === email) return;
  const whom = email ?? `addresses of ${domain}`;
  throw new AppError("forbidden", `This invitation is for ${whom}. You are signed in as ${own}.`);
}

async function refuseMember(tx: Db, workspaceId: string, user: User): Promise<void> {
  const [row] = await tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, user.id)));
  if (row) throw new AppError("conflict", "You are already a member of this workspace.");
}

/** The member known by name whom the invitation means, from now on this person; else a new one. */
async function join(tx: Db, ctx: Ctx, invitation: InvitationRow, user: User): Promise<MemberRow> {
  const { workspaceId, role } = invitation;
  const person = { userId: user.id, email: user.email, role };
  const nameOnly = and(eq(members.workspaceId, workspaceId), isNull(members.userId), eq(members.kind, "person"));
  const [linked] = invitation.memberId
    ? await tx
        .update(members)
        .set(person)
        .where(and(nameOnly, eq(members.id, invitation.memberId)))
        .returning()
    : [];
  const now = ctx.now();
  const id = newId("member", now.getTime());
  const [row] = linked
    ? [linked]
    : await tx
        .insert(members)
        .values({ id, workspaceId, name: user.name, ...person, createdAt: now })
        .returning();
  if (!row) throw new AppError("internal", "The member was not stored. Try again.");
  if (!linked) {
    const target = { type: "member", id, name: row.name, workspaceId };
    await audit(tx, ctx, "member.add", target, { after: { email: user.email, role, by: "invitation" } });
  }
  return row;
}

/** Uses the invitation up. @throws AppError `conflict` where it is not pending any more */
async function use(tx: Db, ctx: Ctx, invitation: InvitationRow, member: MemberRow): Promise<void> {
  const now = ctx.now();
  const [used] = await tx
    .update(invitations)
    .set({ acceptedAt: now, acceptedMemberId: member.id })
    .where(
      and(
        eq(invitations.id, invitation.id),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .returning({ id: invitations.id });
  if (!used) {
    const state = stateOf(invitation, now);
    throw new AppError("conflict", WHY_CLOSED[state === "pending" ? "accepted" : state]);
  }
  const { id, email, domain, workspaceId } = invitation;
  const target = { type: "invitation", id, name: email ?? `@${domain}`, workspaceId };
  await audit(tx, ctx, "invitation.accept", target, { after: { member: member.id, email: member.email } });
}
