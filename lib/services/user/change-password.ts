import { eq } from "drizzle-orm";
import { users } from "@/db/schema/users";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { type Ctx, requireUser } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { endSessions } from "@/lib/services/session/live";
import type { EndedSessionsView } from "@/lib/services/session/view";
import type { Passwords } from "./passwords";
import { ChangePasswordInput } from "./schemas";

/**
 * Replaces your password; your other sign-ins end, since one of them may be why.
 * @throws AppError `invalid` (field `current` or `password`), `conflict` where you have no password yet
 */
export async function changePassword(
  ctx: Ctx,
  input: ChangePasswordInput,
  passwords: Passwords,
): Promise<EndedSessionsView> {
  const userId = requireUser(ctx);
  const { current, password } = parse(ChangePasswordInput, input);
  const [user] = await ctx.db.select().from(users).where(eq(users.id, userId));
  if (!user?.passwordHash)
    throw new AppError("conflict", "You have no password yet. Ask for a link to choose one on the sign-in page.");
  if (!(await passwords.verify(current, user.passwordHash)))
    throw new AppError("invalid", "This is not your current password.", { field: "current" });
  const passwordHash = await passwords.hash(password);
  return ctx.db.transaction(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, userId));
    const ended = await endSessions(tx, userId, ctx.now(), ctx.actor.sessionId);
    const target = { type: "user", id: userId, name: user.name, workspaceId: null };
    await audit(tx, ctx, "user.change_password", target, { after: { sessionsEnded: ended } });
    return { ended };
  });
}
