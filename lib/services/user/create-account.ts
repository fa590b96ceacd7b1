import { and, eq, gt, isNull } from "drizzle-orm";
import { invitations } from "@/db/schema/invitations";
import { users } from "@/db/schema/users";
import { hashToken, isWellFormed } from "@/lib/crypto/token";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import type { Actor, Ctx } from "@/lib/services/context";
import { domainOf } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { CreateAccountInput } from "./schemas";

/**
 * Creates the account of somebody who was invited, and answers who acts from then on. An address that the invitation
 * names counts as theirs, since the link went there; one that they typed does not yet (`emailProven`). The invitation
 * is used up by accepting it, not here.
 * @throws AppError `forbidden` for an invitation that is not pending, `conflict` (field `email`) for a known address
 */
export async function createAccount(ctx: Ctx, input: CreateAccountInput): Promise<Actor> {
  const { token, name, email: typed, passwordHash } = parse(CreateAccountInput, input);
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const pending = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, now));
    const [invitation] = isWellFormed(token, "mwi")
      ? await tx
          .select()
          .from(invitations)
          .where(and(eq(invitations.hash, await hashToken(token)), pending))
      : [];
    if (!invitation) throw new AppError("forbidden", "This invitation is used, revoked or expired. Ask for a new one.");
    const email = invitation.email ?? typed;
    if (!email) throw new AppError("invalid", "An e-mail address is needed", { field: "email" });
    if (invitation.domain !== null && domainOf(email) !== invitation.domain)
      throw new AppError("invalid", `This invitation is for addresses of ${invitation.domain}.`, { field: "email" });
    const id = newId("user", now.getTime());
    const emailProven = invitation.email !== null;
    const added = await tx
      .insert(users)
      .values({ id, email, emailProven, name, passwordHash, createdAt: now })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id });
    if (added.length === 0)
      throw new AppError("conflict", "This e-mail address has an account already. Sign in with it instead.", {
        field: "email",
      });
    const actor: Actor = { type: "user", userId: id, id, email, name, instanceOwner: false };
    const target = { type: "user", id, name, workspaceId: null };
    await audit(tx, { ...ctx, actor }, "user.create", target, { after: { email, by: "invitation" } });
    return actor;
  });
}
