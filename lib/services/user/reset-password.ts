import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { passwordResets } from "@/db/schema/password-resets";
import { users } from "@/db/schema/users";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import type { Ctx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { endSessions } from "@/lib/services/session/live";
import type { Passwords } from "./passwords";
import { proveEmail } from "./prove-email";
import { findReset } from "./reset-link";
import { ResetPasswordInput } from "./schemas";

/**
 * Sets the password that the holder of a reset link chose. The link is checked before anything is hashed, and used up
 * with the change: two at once, one wins. All sign-ins and all other links of the person end.
 * @throws AppError `forbidden` for a used, expired or made-up link; `invalid` (field `password`) leaves it usable
 */
export async function resetPassword(
  ctx: Ctx,
  input: ResetPasswordInput,
  { hash }: Pick<Passwords, "hash">,
): Promise<{ email: string }> {
  const { token, password } = parse(ResetPasswordInput, input);
  const dead = () =>
    new AppError("forbidden", "This link is used or older than an hour. Ask for a new one on the sign-in page.");
  const found = await findReset(ctx, token);
  if (!found) throw dead();
  const passwordHash = await hash(password);
  const now = ctx.now();
  const { id: userId, email, name, instanceOwner } = found.user;
  return ctx.db.transaction(async (tx) => {
    const live = and(isNull(passwordResets.usedAt), gt(passwordResets.expiresAt, now));
    const taken = await tx
      .update(passwordResets)
      .set({ usedAt: now })
      .where(and(eq(passwordResets.id, found.reset.id), live))
      .returning({ id: passwordResets.id });
    if (taken.length === 0) throw dead();
    await tx
      .update(passwordResets)
      .set({ usedAt: now })
      .where(and(eq(passwordResets.userId, userId), live));
    await proveEmail(tx, found.user, now);
    await tx
      .update(users)
      .set({ passwordHash, sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, userId));
    const sessionsEnded = await endSessions(tx, userId, now);
    const actor = { type: "user" as const, userId, id: userId, email, name, instanceOwner };
    const target = { type: "user", id: userId, name, workspaceId: null };
    await audit(tx, { ...ctx, actor }, "user.reset_password", target, { after: { sessionsEnded } });
    return { email };
  });
}
