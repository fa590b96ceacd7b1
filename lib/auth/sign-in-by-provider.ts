import { errorFields } from "@/lib/log";
import { signInWithProvider } from "@/lib/services/session/sign-in-with-provider";
import { startSession } from "@/lib/services/session/start";
import { ANONYMOUS } from "./anonymous";
import { makeCtx } from "./make-ctx";
import type { ProviderUser } from "./providers";
import type { Runtime } from "./runtime";
import type { SignedIn } from "./sign-in-by-password";

/** The account behind a proven identity at a provider. A thrown error's message is a code; the sign-in page has the words. */
export async function signInByProvider(
  runtime: Runtime,
  provider: string,
  { id: subject, address, emailVerified, name }: ProviderUser,
  headers: Headers,
): Promise<SignedIn> {
  const ctx = await makeCtx(runtime, ANONYMOUS, headers);
  const answer = await signInWithProvider(ctx, { provider, subject, email: address, emailVerified, name }).catch(
    (error: unknown) => {
      runtime.log.error("auth.failed", errorFields(error));
      throw new Error("internal");
    },
  );
  if (!answer.ok) {
    runtime.log.info("auth.refused", { address: ctx.request.sourceIp, provider, reason: answer.reason });
    throw new Error(`provider_${answer.reason}`);
  }
  const { userId, sessionVersion } = answer.user;
  return { id: userId, sessionVersion, sessionId: await startSession(ctx, { userId, method: provider }) };
}
