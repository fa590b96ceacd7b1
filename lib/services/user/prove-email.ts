import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "@/db/schema/api-keys";
import { users } from "@/db/schema/users";
import type { Db } from "@/lib/services/context";

type User = Pick<typeof users.$inferSelect, "id" | "emailProven">;

/**
 * Notes that the account's address is its owner's. Where it had only been typed (an invitation bound to a domain),
 * somebody else may have made the account in advance to wait for its owner: what they set up there goes. Part of the
 * transaction that sets a new password or links a provider; that one ends the sign-ins too.
 * @returns whether the account had been unproven until now
 */
export async function proveEmail(tx: Db, user: User, now: Date): Promise<boolean> {
  if (user.emailProven) return false;
  await tx.update(users).set({ emailProven: true, passwordHash: null }).where(eq(users.id, user.id));
  await tx
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.userId, user.id), isNull(apiKeys.revokedAt)));
  return true;
}
