import { and, eq, gt, isNull, lt, or } from "drizzle-orm";
import { apiKeys } from "@/db/schema/api-keys";
import { users } from "@/db/schema/users";
import { hashToken } from "@/lib/crypto/token";
import type { Actor, Ctx } from "@/lib/services/context";

/** `aak_` and 32–128 characters. Looser than what we mint, since an operator may bring an own key by the environment. */
export const API_KEY_PATTERN = /^aak_[0-9A-Za-z_-]{32,128}$/;

/**
 * The actor behind an API key, or null for unknown, revoked, expired keys and disabled users alike. Looked up by
 * SHA-256, so time tells nothing of the key. Marks the use at most once a minute.
 */
export async function authenticateApiKey(ctx: Pick<Ctx, "db" | "now">, key: string): Promise<Actor | null> {
  if (!API_KEY_PATTERN.test(key)) return null;
  const hash = await hashToken(key);
  const now = ctx.now();
  const [row] = await ctx.db
    .select({ key: apiKeys, user: users })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(
      and(
        eq(apiKeys.hash, hash),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
        isNull(users.disabledAt),
      ),
    );
  if (!row) return null;
  const minuteAgo = new Date(now.getTime() - 60_000);
  if (!row.key.lastUsedAt || row.key.lastUsedAt < minuteAgo)
    await ctx.db
      .update(apiKeys)
      .set({ lastUsedAt: now })
      .where(and(eq(apiKeys.id, row.key.id), or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, minuteAgo))));
  const { id: userId, email, name, instanceOwner } = row.user;
  return { type: "api_key", userId, id: row.key.id, email, name, instanceOwner };
}
