"use client";

import { SignInForm } from "@/components/auth/sign-in-form";
import { paths } from "@/lib/paths";
import { signInWithPassword } from "../sign-in-with-password";

/** A full page load after sign-in: nothing rendered for nobody may stay in the client's cache. */
export function SignIn() {
  return <SignInForm onSubmit={signInWithPassword} onDone={() => window.location.assign(paths.workspaces)} />;
}
