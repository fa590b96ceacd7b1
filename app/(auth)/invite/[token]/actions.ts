"use server";

import type { NewAccount } from "@/components/auth/create-account-form";
import type { ActionState } from "@/lib/action-state";
import { settle, userAction } from "@/lib/auth/action";
import { ANONYMOUS } from "@/lib/auth/anonymous";
import { requestCtx } from "@/lib/auth/context";
import { hashPassword } from "@/lib/auth/password";
import { acceptInvitation } from "@/lib/services/invitation/accept";
import { readInvitation } from "@/lib/services/invitation/read-by-token";
import type { AcceptedView } from "@/lib/services/invitation/view";
import { createAccount } from "@/lib/services/user/create-account";

/** No refresh: the page at hand shows the new token, and would show a used invitation instead. */
export const acceptAction = userAction(acceptInvitation, { refresh: false });

/**
 * Makes an account and accepts, both or neither. The link is checked before the password is hashed, so nobody without
 * one can make us work.
 */
export async function joinAction(
  token: string,
  { name, email, password }: NewAccount,
): Promise<ActionState<AcceptedView & { email: string }>> {
  return settle(
    async () => {
      const ctx = await requestCtx(ANONYMOUS);
      await readInvitation(ctx, { token });
      const passwordHash = await hashPassword(String(password));
      return ctx.db.transaction(async (db) => {
        const actor = await createAccount({ ...ctx, db }, { token, name, email: email || undefined, passwordHash });
        return { ...(await acceptInvitation({ ...ctx, db, actor }, { token })), email: actor.email ?? "" };
      });
    },
    { refresh: false },
  );
}
