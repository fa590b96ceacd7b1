import { and, count, eq, gt, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { invitations } from "@/db/schema/invitations";
import { members } from "@/db/schema/members";
import { users } from "@/db/schema/users";
import { mintToken } from "@/lib/crypto/token";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { expiryAfter } from "@/lib/services/credential-status";
import { beginMemberChange, findMember, permissionOver } from "@/lib/services/member/manage";
import { parse } from "@/lib/services/parse";
import { CreateInvitationsInput } from "./schemas";
import { type FreshInvitation, sendInvitations } from "./send";
import type { InvitedView } from "./view";

/** Invitations of one workspace that may be open at once, so that nobody mails the world from here. */
const MAX_PENDING = 500;

/**
 * Invites people by address, each with a link of their own, or whoever has an address of a domain, by one link. Links
 * work once, only for that address or domain, and are in this answer only. A new invitation of an address replaces its
 * pending one. Addresses of members are answered with a `problem`, the others go ahead.
 * @throws AppError `invalid`, `forbidden` (role above one's own reach), `not_found` (memberId), `conflict`
 */
export async function createInvitations(ctx: WorkspaceCtx, input: CreateInvitationsInput): Promise<InvitedView[]> {
  const { emails, domain, role, expiresInDays, memberId } = parse(CreateInvitationsInput, input);
  const wanted = emails ? [...new Set(emails)] : [];
  const { fresh, known } = await ctx.db.transaction(async (tx) => {
    const actor = await beginMemberChange(tx, ctx);
    requirePermission(actor, permissionOver(role));
    if (memberId !== undefined) await requireNameOnly(tx, ctx, memberId);
    const known = await memberAddresses(tx, ctx, wanted);
    const open = wanted.filter((email) => !known.has(email));
    await guardPending(tx, ctx, domain === undefined ? open.length : 1);
    const replaced = await revokePending(tx, ctx, open);
    const bindings = domain === undefined ? open.map((email) => ({ email })) : [{ domain }];
    const fresh: FreshInvitation[] = [];
    for (const binding of bindings) {
      const fields = { ...binding, role, memberId, expiresAt: expiryAfter(ctx.now(), expiresInDays) ?? ctx.now() };
      fresh.push(await store(tx, ctx, fields, replaced));
    }
    return { fresh, known };
  });
  const refused = wanted.filter((email) => known.has(email)).map((email) => alreadyMember(email));
  return [...(await sendInvitations(ctx, fresh)), ...refused];
}

const alreadyMember = (email: string): InvitedView => {
  const problem = "Already a member of this workspace.";
  return { id: null, email, domain: null, url: null, mailed: false, problem };
};

async function requireNameOnly(tx: Db, ctx: WorkspaceCtx, memberId: string): Promise<void> {
  const { name, kind, userId } = await findMember(tx, ctx, memberId);
  if (kind === "service" || userId !== null)
    throw new AppError("conflict", `${name} ${userId === null ? "is a machine" : "can sign in already"}.`, {
      field: "memberId",
    });
}

/** Which of these addresses are a member's, by their account or as noted on the member. */
async function memberAddresses(tx: Db, ctx: WorkspaceCtx, emails: string[]): Promise<Set<string>> {
  if (emails.length === 0) return new Set();
  const noted = sql<string>`lower(${members.email})`;
  const rows = await tx
    .select({ noted, own: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.workspaceId, ctx.workspace.id), or(inArray(noted, emails), inArray(users.email, emails))));
  return new Set(rows.flatMap((row) => [row.noted, row.own]));
}

async function guardPending(tx: Db, ctx: WorkspaceCtx, more: number): Promise<void> {
  const [row] = await tx
    .select({ pending: count() })
    .from(invitations)
    .where(and(pending(ctx), gt(invitations.expiresAt, ctx.now())));
  if ((row?.pending ?? 0) + more > MAX_PENDING)
    throw new AppError("conflict", `At most ${MAX_PENDING} invitations are open at once. Revoke some first.`);
}

const pending = (ctx: WorkspaceCtx) =>
  and(eq(invitations.workspaceId, ctx.workspace.id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

/** Ends older links of these addresses; answers which addresses had one. */
async function revokePending(tx: Db, ctx: WorkspaceCtx, emails: string[]): Promise<Set<string>> {
  if (emails.length === 0) return new Set();
  const rows = await tx
    .update(invitations)
    .set({ revokedAt: ctx.now() })
    .where(and(pending(ctx), isNotNull(invitations.email), inArray(invitations.email, emails)))
    .returning({ email: invitations.email });
  return new Set(rows.flatMap((row) => row.email ?? []));
}

type Fields = Pick<typeof invitations.$inferInsert, "email" | "domain" | "role" | "memberId" | "expiresAt">;

async function store(tx: Db, ctx: WorkspaceCtx, fields: Fields, replaced: Set<string>): Promise<FreshInvitation> {
  const { token, hash } = await mintToken("mwi");
  const now = ctx.now();
  const id = newId("invitation", now.getTime());
  const [row] = await tx
    .insert(invitations)
    .values({ id, workspaceId: ctx.workspace.id, ...fields, hash, invitedBy: ctx.actor.name, createdAt: now })
    .returning();
  if (!row) throw new AppError("internal", "The invitation was not stored. Try again.");
  const { email, domain, role, expiresAt } = row;
  const replaces = email !== null && replaced.has(email);
  const after = { role, expiresAt: expiresAt.toISOString(), replaces };
  await audit(tx, ctx, "invitation.create", { type: "invitation", id, name: email ?? `@${domain}` }, { after });
  return { row, token };
}
