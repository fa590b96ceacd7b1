"use client";

import { NewPasswordForm } from "@/components/auth/new-password-form";
import { paths } from "@/lib/paths";
import { signInWithPassword } from "../../sign-in-with-password";
import { resetPasswordAction } from "./actions";

/** Sets the password and signs in with it; where that fails, the sign-in page is the place to try again. */
export function Reset({ token, email }: { token: string; email: string }) {
  async function choose(input: { password: string }) {
    const done = await resetPasswordAction(token, input);
    if (!done.ok) return done;
    const signedIn = await signInWithPassword({ email: done.data.email, password: input.password });
    return { ok: true as const, data: signedIn.ok };
  }
  return (
    <NewPasswordForm
      email={email}
      onSubmit={choose}
      onDone={(signedIn) => window.location.replace(signedIn ? paths.workspaces : paths.signIn)}
    />
  );
}
