import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { errorFields } from "@/lib/log";
import { paths } from "@/lib/paths";
import { safePath } from "@/lib/safe-path";
import { endSession } from "@/lib/services/session/end";
import { SESSION_SECONDS } from "@/lib/session-seconds";
import { findSessionUser } from "./find-session-actor";
import { makeCtx } from "./make-ctx";
import { authProviders, type ProviderUser } from "./providers";
import type { Runtime } from "./runtime";
import { type CookieKind, claimsOf, cookieName } from "./session";
import { type SignedIn, signInByPassword } from "./sign-in-by-password";
import { signInByProvider } from "./sign-in-by-provider";

/** Seconds between leaving for a provider and coming back. */
const AWAY_SECONDS = 15 * 60;

/**
 * next-auth: passwords and providers, an encrypted JWT in a cookie that only this host gets.
 * @param headers of the request at hand: a sign-in is noted with its address and browser
 */
export function authOptions(runtime: Runtime, headers: Headers): AuthOptions {
  const { db, env, log, authSecret, secureCookies: secure } = runtime;
  const cookie = (kind: CookieKind, maxAge?: number) => ({
    name: cookieName(kind, secure),
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge },
  });
  return {
    secret: authSecret,
    pages: { signIn: paths.signIn, signOut: paths.account, error: paths.signIn },
    session: { strategy: "jwt", maxAge: SESSION_SECONDS.idle },
    cookies: {
      sessionToken: cookie("session"),
      csrfToken: cookie("csrf"),
      callbackUrl: cookie("callback"),
      state: cookie("state", AWAY_SECONDS),
      pkceCodeVerifier: cookie("pkce", AWAY_SECONDS),
      nonce: cookie("nonce", AWAY_SECONDS),
    },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials) => {
          const { email = "", password = "" } = credentials ?? {};
          return signInByPassword(runtime, { email, password }, headers);
        },
      }),
      ...authProviders(env.signIn),
    ],
    callbacks: {
      redirect: ({ url, baseUrl }) => baseUrl + (safePath(url, baseUrl) ?? paths.workspaces),
      async signIn({ user, account }) {
        if (account?.type !== "oauth") return true;
        const found = await signInByProvider(runtime, account.provider, user as unknown as ProviderUser, headers);
        Object.assign(user, found); // next-auth hands this object on to `jwt`
        return true;
      },
      // Called at sign-in (with `user`) and whenever the cookie is renewed: then it must still hold.
      async jwt({ token, user }) {
        if (user) {
          const { id, sessionVersion, sessionId } = user as SignedIn;
          return { sub: id, sid: sessionId, sv: sessionVersion, since: Math.floor(Date.now() / 1_000) };
        }
        if (!(await findSessionUser(db, claimsOf(token)))) throw new Error("session ended");
        return token;
      },
      session: ({ session }) => ({ expires: session.expires }), // nothing in our pages reads it
    },
    events: { signOut: ({ token }) => endSignIn(runtime, token, headers) },
    logger: {
      error: (code, metadata) =>
        log.warn("auth.error", { code, ...errorFields(metadata instanceof Error ? metadata : metadata.error) }),
      warn: (code) => log.debug("auth.warning", { code }),
      debug: () => {},
    },
  };
}

/** Signing out ends the row too, so that a copy of the cookie is worth nothing. */
async function endSignIn(runtime: Runtime, token: Record<string, unknown>, headers: Headers): Promise<void> {
  const claims = claimsOf(token);
  const user = await findSessionUser(runtime.db, claims);
  if (!claims || !user) return;
  const { id, email, name, instanceOwner } = user;
  const actor = { type: "user" as const, userId: id, id, email, name, instanceOwner };
  await endSession(await makeCtx(runtime, actor, headers), { session: claims.sessionId });
}
