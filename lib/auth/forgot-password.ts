import { after } from "next/server";
import { AppError } from "@/lib/errors";
import { errorFields } from "@/lib/log";
import { requestPasswordReset } from "@/lib/services/user/request-reset";
import { ANONYMOUS } from "./anonymous";
import { requestCtx } from "./context";
import { runtime } from "./runtime";

/** So many requests of one network address within 15 minutes. */
const MOST = 10;

/**
 * Has a reset link mailed where the address has an account. The work begins after the answer is out, so that neither
 * its words nor its time tell who has one.
 * @throws AppError `rate_limited` by the caller's network address alone
 */
export async function forgotPassword(email: string): Promise<null> {
  const { resets, log } = await runtime();
  const ctx = await requestCtx(ANONYMOUS);
  const key = ctx.request.sourceIp ?? "";
  if ((resets.read(key)?.count ?? 0) >= MOST)
    throw new AppError("rate_limited", "You have asked for many links. Wait 15 minutes, then try again.");
  resets.add(key);
  after(() =>
    requestPasswordReset(ctx, { email }).catch((error: unknown) =>
      log.warn("mail.failed", { about: "password reset", ...errorFields(error) }),
    ),
  );
  return null;
}
