import { and, eq, gt, isNull, ne, type SQL } from "drizzle-orm";
import { userSessions } from "@/db/schema/user-sessions";
import type { Db } from "@/lib/services/context";
import { SESSION_SECONDS } from "@/lib/session-seconds";

/** Condition: a user's sign-ins that still hold, by the clock as well. */
export function liveSessions(userId: string, now: Date): SQL | undefined {
  const since = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
  return and(
    eq(userSessions.userId, userId),
    isNull(userSessions.endedAt),
    gt(userSessions.createdAt, since(SESSION_SECONDS.absolute)),
    gt(userSessions.lastSeenAt, since(SESSION_SECONDS.idle)),
  );
}

/** Ends a user's sign-ins, within the transaction that gives the reason. @param keep the one that goes on, if any; @returns how many ended */
export async function endSessions(tx: Db, userId: string, now: Date, keep?: string): Promise<number> {
  const others = keep === undefined ? undefined : ne(userSessions.id, keep);
  const rows = await tx
    .update(userSessions)
    .set({ endedAt: now })
    .where(and(liveSessions(userId, now), others))
    .returning({ id: userSessions.id });
  return rows.length;
}
