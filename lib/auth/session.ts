import { decode } from "next-auth/jwt";
import { SESSION_SECONDS } from "@/lib/session-seconds";

/** What the cookie's JWT says; believed only after `sessionHolds`. */
export interface SessionClaims {
  userId: string;
  /** Row in `user_sessions`; cookies from before there were such rows name none and have ended. */
  sessionId: string;
  sessionVersion: number;
  /** When the person signed in, seconds since 1970. */
  since: number;
}

/** What the user's row says now. */
export interface SessionUser {
  id: string;
  email: string;
  name: string;
  instanceOwner: boolean;
  sessionVersion: number;
  disabledAt: Date | null;
}

export type CookieKind = "session" | "csrf" | "callback" | "state" | "pkce" | "nonce";

/** Cookie names; `__Host-` pins the cookie to this host, but browsers take it over https only. */
export function cookieName(kind: CookieKind, secure: boolean): string {
  return `${secure ? "__Host-" : ""}aerostack.${kind}`;
}

/** Claims from a decoded JWT, or null where something is missing. */
export function claimsOf(jwt: Record<string, unknown> | null): SessionClaims | null {
  const { sub, sid, sv, since } = jwt ?? {};
  return typeof sub === "string" && typeof sid === "string" && typeof sv === "number" && typeof since === "number"
    ? { userId: sub, sessionId: sid, sessionVersion: sv, since }
    : null;
}

/** Claims of a session cookie; null for absent, forged and expired ones alike. */
export async function readSession(token: string | undefined, secret: string): Promise<SessionClaims | null> {
  if (!token) return null;
  return claimsOf(await decode({ token, secret }).catch(() => null));
}

/**
 * True while the sign-in is still good: the person exists, is not disabled, nobody has ended their sessions since,
 * and it is not older than 30 days. @param now ms since 1970
 */
export function sessionHolds(claims: SessionClaims, user: SessionUser | undefined, now: number): user is SessionUser {
  return (
    user !== undefined &&
    user.disabledAt === null &&
    user.sessionVersion === claims.sessionVersion &&
    now / 1_000 < claims.since + SESSION_SECONDS.absolute
  );
}
