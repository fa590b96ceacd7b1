"use server";

import type { ActionState } from "@/lib/action-state";
import { settle } from "@/lib/auth/action";
import { forgotPassword } from "@/lib/auth/forgot-password";

/** The same answer for every address, known or not. */
export async function forgotPasswordAction({ email }: { email: string }): Promise<ActionState> {
  return settle(() => forgotPassword(String(email)), { refresh: false });
}
