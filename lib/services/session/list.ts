import { desc } from "drizzle-orm";
import { userSessions } from "@/db/schema/user-sessions";
import { type Ctx, requireUser } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import { deviceOf } from "@/lib/user-agent";
import { liveSessions } from "./live";
import type { SessionView } from "./view";

/** Where you are signed in: the sign-in that asks first, then the last used. @throws AppError `unauthorized` */
export async function listSessions(ctx: Ctx): Promise<SessionView[]> {
  const rows = await ctx.db
    .select()
    .from(userSessions)
    .where(liveSessions(requireUser(ctx), ctx.now()))
    .orderBy(desc(userSessions.lastSeenAt), desc(userSessions.id))
    .limit(200);
  const views = rows.map(({ id, method, sourceIp, userAgent, createdAt, lastSeenAt }) => ({
    id,
    method,
    device: deviceOf(userAgent),
    sourceIp,
    createdAt: iso(createdAt),
    lastSeenAt: iso(lastSeenAt),
    current: id === ctx.actor.sessionId,
  }));
  return views.toSorted((a, b) => Number(b.current) - Number(a.current));
}
