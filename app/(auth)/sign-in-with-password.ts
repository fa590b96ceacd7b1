"use client";

import { signIn } from "next-auth/react";
import type { ActionState } from "@/lib/action-state";

const WORDS: Record<string, string> = {
  CredentialsSignin: "E-mail and password do not fit together. Check both and try again.",
  rate_limited: "Too many attempts. Wait a few minutes, then try again.",
};

/** Signs in through next-auth; the browser then has the session cookie. */
export async function signInWithPassword(credentials: { email: string; password: string }): Promise<ActionState> {
  const answer = await signIn<undefined>("credentials", { ...credentials, redirect: false });
  const error = (answer as { error?: string | null } | undefined)?.error;
  if (!error) return { ok: true, data: null };
  return {
    ok: false,
    code: "unauthorized",
    message: WORDS[error] ?? "Signing in failed here. Try again; if it stays, look at the server's log.",
  };
}
