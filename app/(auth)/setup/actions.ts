"use server";

import type { OwnerInput } from "@/components/auth/setup-form";
import type { ActionState } from "@/lib/action-state";
import { settle } from "@/lib/auth/action";
import { ANONYMOUS } from "@/lib/auth/anonymous";
import { requestCtx } from "@/lib/auth/context";
import { hashPassword } from "@/lib/auth/password";
import { AppError } from "@/lib/errors";
import { createOwner } from "@/lib/services/setup/create-owner";
import { isSetupTokenValid } from "@/lib/services/setup/setup-link";

/** The one-time link is checked before the password is hashed, so nobody without it can make us work. */
export async function createOwnerAction(token: string, { name, email, password }: OwnerInput): Promise<ActionState> {
  return settle(
    async () => {
      const ctx = await requestCtx(ANONYMOUS);
      if (!(await isSetupTokenValid(ctx, String(token))))
        throw new AppError(
          "forbidden",
          "This set-up link is used or replaced. Use the newest one that the server printed.",
        );
      await createOwner(ctx, { token, name, email, passwordHash: await hashPassword(String(password)) });
      return null;
    },
    { refresh: false },
  );
}
