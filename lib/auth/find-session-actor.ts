import { eq } from "drizzle-orm";
import { users } from "@/db/schema/users";
import type { Actor, Db } from "@/lib/services/context";
import { readSession, type SessionClaims, type SessionUser, sessionHolds } from "./session";

/** The user of these claims while the sign-in still holds, else null. One row by primary key on every request: JWTs alone cannot be ended. */
export async function findSessionUser(db: Db, claims: SessionClaims | null): Promise<SessionUser | null> {
  if (!claims) return null;
  const [user] = await db.select().from(users).where(eq(users.id, claims.userId));
  return sessionHolds(claims, user, Date.now()) ? user : null;
}

/** Who a session cookie stands for, or null. */
export async function findSessionActor(db: Db, token: string | undefined, secret: string): Promise<Actor | null> {
  const user = await findSessionUser(db, await readSession(token, secret));
  return (
    user && {
      type: "user",
      userId: user.id,
      id: user.id,
      email: user.email,
      name: user.name,
      instanceOwner: user.instanceOwner,
    }
  );
}
