import { asc, eq } from "drizzle-orm";
import { identities } from "@/db/schema/identities";
import { users } from "@/db/schema/users";
import { type Ctx, requireUser } from "@/lib/services/context";
import type { SignInWaysView } from "./view";

/** How you may sign in. @throws AppError `unauthorized` */
export async function getSignInWays(ctx: Ctx): Promise<SignInWaysView> {
  const userId = requireUser(ctx);
  const [user] = await ctx.db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, userId));
  const rows = await ctx.db
    .selectDistinct({ provider: identities.provider })
    .from(identities)
    .where(eq(identities.userId, userId))
    .orderBy(asc(identities.provider));
  return { password: Boolean(user?.hash), providers: rows.map(({ provider }) => provider) };
}
