import type { Ctx } from "@/lib/services/context";
import type { EndedSessionsView } from "@/lib/services/session/view";
import { changePassword } from "@/lib/services/user/change-password";
import type { ChangePasswordInput } from "@/lib/services/user/schemas";
import { hashPassword, verifyPassword } from "./password";
import { runtime } from "./runtime";
import { accountKey } from "./sign-in-by-password";

/**
 * Changes the password of whoever is signed in. Wrong guesses at the one of now count like those at sign-in: a stolen
 * session must be no way to find it out.
 */
export async function changeOwnPassword(ctx: Ctx, input: ChangePasswordInput): Promise<EndedSessionsView> {
  const { attempts } = await runtime();
  const attempt = { address: ctx.request.sourceIp ?? "", account: accountKey(ctx.actor.email ?? "") };
  attempts.check(attempt, true);
  const verify = async (password: string, phc: string | null) => {
    const right = await verifyPassword(password, phc);
    if (right) attempts.succeeded(attempt);
    else attempts.failed(attempt);
    return right;
  };
  return changePassword(ctx, input, { verify, hash: hashPassword });
}
