import { asc, eq } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { users } from "@/db/schema/users";
import { onceAMinute } from "@/lib/services/audit/once-a-minute";
import { audit } from "@/lib/services/audit/record";
import type { Ctx } from "@/lib/services/context";
import { Email } from "@/lib/services/fields";

const limiter = onceAMinute();

/**
 * Notes a sign-in with a wrong password in the log of each workspace that the account is in, once a minute. Nothing is
 * noted for an address that nobody has: what was typed there may be anything, a password too.
 */
export async function recordFailedSignIn(ctx: Ctx, typed: string): Promise<void> {
  const email = Email.safeParse(typed);
  const [user] = email.success ? await ctx.db.select().from(users).where(eq(users.email, email.data)) : [];
  if (!user) return;
  const before = limiter.due(user.id, ctx.now().getTime());
  if (before === null) return;
  const places = await ctx.db
    .select({ workspaceId: members.workspaceId })
    .from(members)
    .where(eq(members.userId, user.id))
    .orderBy(asc(members.workspaceId));
  const after = { reason: "wrong password", ...(before > 0 && { triedBefore: before }) };
  for (const { workspaceId } of places)
    await ctx.db.transaction((tx) =>
      audit(tx, ctx, "session.failed", { type: "user", id: user.id, name: user.email, workspaceId }, { after }),
    );
}
