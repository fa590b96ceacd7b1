"use server";

import type { ActionState } from "@/lib/action-state";
import { settle } from "@/lib/auth/action";
import { ANONYMOUS } from "@/lib/auth/anonymous";
import { requestCtx } from "@/lib/auth/context";
import { hashPassword } from "@/lib/auth/password";
import { runtime } from "@/lib/auth/runtime";
import { resetPassword } from "@/lib/services/user/reset-password";

/** The account's slow-down ends with it: its owner has shown otherwise who they are. */
export async function resetPasswordAction(
  token: string,
  { password }: { password: string },
): Promise<ActionState<{ email: string }>> {
  return settle(
    async () => {
      const done = await resetPassword(await requestCtx(ANONYMOUS), { token, password }, { hash: hashPassword });
      (await runtime()).attempts.forgive(done.email);
      return done;
    },
    { refresh: false },
  );
}
