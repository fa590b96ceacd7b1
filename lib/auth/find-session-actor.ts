import { and, eq, isNull, lt } from "drizzle-orm";
import { userSessions } from "@/db/schema/user-sessions";
import { users } from "@/db/schema/users";
import type { Actor, Db } from "@/lib/services/context";
import { readSession, type SessionClaims, type SessionUser, sessionHolds } from "./session";

/** Ms; `last_seen_at` is written at most this often. */
const SEEN_EVERY = 60_000;

/**
 * The user of these claims while the sign-in still holds, else null. One read by primary keys on every request: JWTs
 * alone cannot be ended.
 */
export async function findSessionUser(db: Db, claims: SessionClaims | null): Promise<SessionUser | null> {
  if (!claims) return null;
  const [row] = await db
    .select({ user: users, lastSeenAt: userSessions.lastSeenAt })
    .from(userSessions)
    .innerJoin(users, eq(users.id, userSessions.userId))
    .where(and(eq(userSessions.id, claims.sessionId), eq(users.id, claims.userId), isNull(userSessions.endedAt)));
  const now = Date.now();
  if (!row || !sessionHolds(claims, row.user, now)) return null;
  const stale = new Date(now - SEEN_EVERY);
  if (row.lastSeenAt < stale)
    await db
      .update(userSessions)
      .set({ lastSeenAt: new Date(now) })
      .where(and(eq(userSessions.id, claims.sessionId), lt(userSessions.lastSeenAt, stale)));
  return row.user;
}

/** Who a session cookie stands for, or null. */
export async function findSessionActor(db: Db, token: string | undefined, secret: string): Promise<Actor | null> {
  const claims = await readSession(token, secret);
  const user = await findSessionUser(db, claims);
  if (!claims || !user) return null;
  const { id, email, name, instanceOwner } = user;
  return { type: "user", userId: id, id, email, name, instanceOwner, sessionId: claims.sessionId };
}
