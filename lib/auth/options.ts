import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { asAppError } from "@/lib/errors";
import { errorFields } from "@/lib/log";
import { paths } from "@/lib/paths";
import { verifyPasswordSignIn } from "@/lib/services/session/verify-password";
import { findSessionUser } from "./find-session-actor";
import { verifyPassword } from "./password";
import type { Runtime } from "./runtime";
import { claimsOf, cookieName, SESSION_SECONDS } from "./session";

/** next-auth: e-mail and password, an encrypted JWT in a cookie that only this host gets. */
export function authOptions(runtime: Runtime): AuthOptions {
  const { db, log, authSecret, secureCookies: secure } = runtime;
  const cookie = (kind: "session" | "csrf" | "callback") => ({
    name: cookieName(kind, secure),
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  });
  return {
    secret: authSecret,
    pages: { signIn: paths.signIn, signOut: paths.account, error: paths.signIn },
    session: { strategy: "jwt", maxAge: SESSION_SECONDS.idle },
    cookies: { sessionToken: cookie("session"), csrfToken: cookie("csrf"), callbackUrl: cookie("callback") },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: async (credentials, request) => {
          const { email = "", password = "" } = credentials ?? {};
          return signIn(runtime, email, password, String(request.headers?.["x-forwarded-for"] ?? ""));
        },
      }),
    ],
    callbacks: {
      // Called at sign-in (with `user`) and whenever the cookie is renewed: then it must still hold.
      async jwt({ token, user }) {
        if (user)
          return {
            sub: user.id,
            sv: (user as { sessionVersion?: number }).sessionVersion,
            since: Math.floor(Date.now() / 1_000),
          };
        if (!(await findSessionUser(db, claimsOf(token)))) throw new Error("session ended");
        return token;
      },
      session: ({ session }) => ({ expires: session.expires }), // nothing in our pages reads it
    },
    logger: {
      error: (code, metadata) =>
        log.warn("auth.error", { code, ...errorFields(metadata instanceof Error ? metadata : metadata.error) }),
      warn: (code) => log.debug("auth.warning", { code }),
      debug: () => {},
    },
  };
}

/** Null: wrong. A thrown error's message is its code; the sign-in page has the words. */
async function signIn({ db, attempts, log }: Runtime, email: string, password: string, address: string) {
  const key = `${address} ${email.normalize("NFKC").trim().toLowerCase().slice(0, 254)}`;
  try {
    attempts.check(key);
    const user = await verifyPasswordSignIn({ db }, { email, password }, verifyPassword);
    if (!user) {
      attempts.failed(key);
      log.info("auth.refused", { address });
      return null;
    }
    attempts.succeeded(key);
    return { id: user.userId, sessionVersion: user.sessionVersion };
  } catch (error) {
    const failure = asAppError(error);
    if (failure.code === "internal") log.error("auth.failed", errorFields(failure.options.cause));
    throw new Error(failure.code);
  }
}
