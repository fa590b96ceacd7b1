import { and, eq, lt } from "drizzle-orm";
import { userSessions } from "@/db/schema/user-sessions";
import { newId } from "@/lib/ids";
import type { Ctx } from "@/lib/services/context";

/** Ms; older sign-ins are forgotten, they hold addresses of people. */
const KEPT = 365 * 86_400_000;

/**
 * Notes a sign-in that was just proven, so that it can be seen and ended; its id goes into the cookie.
 * @param method `password` or the name of a provider
 */
export async function startSession(
  ctx: Pick<Ctx, "db" | "now" | "request">,
  { userId, method }: { userId: string; method: string },
): Promise<string> {
  const now = ctx.now();
  const id = newId("session", now.getTime());
  const { sourceIp, userAgent } = ctx.request;
  await ctx.db
    .delete(userSessions)
    .where(and(eq(userSessions.userId, userId), lt(userSessions.createdAt, new Date(now.getTime() - KEPT))));
  await ctx.db.insert(userSessions).values({
    id,
    userId,
    method,
    sourceIp,
    userAgent: userAgent?.replaceAll("\u0000", "").slice(0, 400),
    createdAt: now,
    lastSeenAt: now,
  });
  return id;
}
