import { and, eq, gt, isNull } from "drizzle-orm";
import { passwordResets } from "@/db/schema/password-resets";
import { users } from "@/db/schema/users";
import { hashToken, isWellFormed, mintToken } from "@/lib/crypto/token";
import { newId } from "@/lib/ids";
import { paths } from "@/lib/paths";
import type { Ctx, Db } from "@/lib/services/context";
import type { ResetState } from "./view";

/** Ms. */
const RESET_LIFETIME = 3_600_000;

/** Makes a link that works once within an hour; only its hash is kept. */
export async function mintResetLink(
  tx: Db,
  ctx: Pick<Ctx, "now" | "publicUrl">,
  userId: string,
): Promise<{ url: string; expiresAt: Date }> {
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + RESET_LIFETIME);
  const { token, hash } = await mintToken("mwp");
  const id = newId("passwordReset", now.getTime());
  await tx.insert(passwordResets).values({ id, userId, hash, createdAt: now, expiresAt });
  return { url: ctx.publicUrl + paths.resetPassword(token), expiresAt };
}

/** The live link with this token and whose it is. */
export async function findReset(ctx: Pick<Ctx, "db" | "now">, token: string) {
  if (!isWellFormed(token, "mwp")) return undefined;
  const [row] = await ctx.db
    .select({ reset: passwordResets, user: users })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(
      and(
        eq(passwordResets.hash, await hashToken(token)),
        isNull(passwordResets.usedAt),
        gt(passwordResets.expiresAt, ctx.now()),
        isNull(users.disabledAt),
      ),
    );
  return row;
}

/** What this link is good for; public: whoever has the link may ask. */
export async function readReset(ctx: Pick<Ctx, "db" | "now">, token: string): Promise<ResetState> {
  const found = await findReset(ctx, token);
  return found ? { valid: true, email: found.user.email } : { valid: false };
}
