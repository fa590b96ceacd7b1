import { asAppError } from "@/lib/errors";
import { errorFields } from "@/lib/log";
import { isKnownAddress } from "@/lib/services/session/is-known-address";
import { recordFailedSignIn } from "@/lib/services/session/record-failure";
import { startSession } from "@/lib/services/session/start";
import { verifyPasswordSignIn } from "@/lib/services/session/verify-password";
import { ANONYMOUS } from "./anonymous";
import { makeCtx, sourceIpOf } from "./make-ctx";
import { verifyPassword } from "./password";
import type { Runtime } from "./runtime";

/** What next-auth carries from a proven sign-in into the cookie. */
export interface SignedIn {
  id: string;
  sessionVersion: number;
  sessionId: string;
}

/** How an account is counted while somebody guesses at it. */
export const accountKey = (email: string): string => email.normalize("NFKC").trim().toLowerCase().slice(0, 254);

/** Null: wrong. A thrown error's message is its code; the sign-in page has the words. */
export async function signInByPassword(
  runtime: Runtime,
  { email, password }: { email: string; password: string },
  headers: Headers,
): Promise<SignedIn | null> {
  const { attempts, log } = runtime;
  const attempt = { address: sourceIpOf(headers) ?? "", account: accountKey(email) };
  try {
    const ctx = await makeCtx(runtime, ANONYMOUS, headers);
    const slowed = attempts.isSlowed(attempt.account);
    attempts.check(
      attempt,
      slowed && (await isKnownAddress(ctx, { email: attempt.account, sourceIp: attempt.address })),
    );
    const user = await verifyPasswordSignIn(ctx, { email, password }, verifyPassword);
    if (!user) {
      attempts.failed(attempt);
      log.info("auth.refused", { address: attempt.address });
      // Nobody waits for it: how long it takes would tell whether there is such an account.
      recordFailedSignIn(ctx, email).catch((error: unknown) => log.warn("auth.unrecorded", errorFields(error)));
      return null;
    }
    attempts.succeeded(attempt);
    const sessionId = await startSession(ctx, { userId: user.userId, method: "password" });
    return { id: user.userId, sessionVersion: user.sessionVersion, sessionId };
  } catch (error) {
    const failure = asAppError(error);
    if (failure.code === "internal") log.error("auth.failed", errorFields(failure.options.cause));
    throw new Error(failure.code);
  }
}
