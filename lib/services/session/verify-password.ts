import { eq } from "drizzle-orm";
import { users } from "@/db/schema/users";
import type { Ctx } from "@/lib/services/context";
import { Email } from "@/lib/services/fields";
import { VerifyPasswordInput } from "./schemas";
import type { SignedInUser } from "./view";

/** Compares a password with a stored hash; null: unknown user, to be met with a dummy hash so that both take the same time. */
export type PasswordVerifier = (password: string, passwordHash: string | null) => Promise<boolean>;

/**
 * The user whose address and password these are; null for every kind of mismatch, without telling which.
 * The verifier is called in every case, so that an unknown address costs the same time.
 */
export async function verifyPasswordSignIn(
  ctx: Pick<Ctx, "db">,
  input: VerifyPasswordInput,
  verify: PasswordVerifier,
): Promise<SignedInUser | null> {
  const parsed = VerifyPasswordInput.safeParse(input);
  if (!parsed.success) return null;
  const email = Email.safeParse(parsed.data.email);
  const [user] = email.success ? await ctx.db.select().from(users).where(eq(users.email, email.data)) : [];
  const good = await verify(parsed.data.password, user && !user.disabledAt ? user.passwordHash : null);
  if (!good || !user || user.disabledAt || !user.passwordHash) return null;
  const { id: userId, name, instanceOwner, sessionVersion } = user;
  return { userId, email: user.email, name, instanceOwner, sessionVersion };
}
