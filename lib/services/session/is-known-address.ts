import { and, eq } from "drizzle-orm";
import { userSessions } from "@/db/schema/user-sessions";
import { users } from "@/db/schema/users";
import type { Ctx } from "@/lib/services/context";

/** Whether somebody has signed in to this account from this network address before; asked for unknown accounts too. */
export async function isKnownAddress(
  ctx: Pick<Ctx, "db">,
  { email, sourceIp }: { email: string; sourceIp: string },
): Promise<boolean> {
  const rows = await ctx.db
    .select({ id: userSessions.id })
    .from(userSessions)
    .innerJoin(users, eq(users.id, userSessions.userId))
    .where(and(eq(users.email, email.replaceAll("\u0000", "")), eq(userSessions.sourceIp, sourceIp)))
    .limit(1);
  return rows.length > 0;
}
