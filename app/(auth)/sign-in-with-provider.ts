"use client";

import { signIn } from "next-auth/react";

/** Leaves for a provider's page; the person comes back to `next`, a path of ours, or to sign-in with a reason. */
export async function signInWithProvider(id: string, next: string): Promise<void> {
  await signIn(id, { callbackUrl: next });
}
