"use client";

import { ProviderButtons } from "@/components/auth/provider-buttons";
import { SignInForm } from "@/components/auth/sign-in-form";
import { signInWithPassword } from "../sign-in-with-password";
import { signInWithProvider } from "../sign-in-with-provider";

interface SignInProps {
  /** A path of ours. */
  next: string;
  providers: { id: string; name: string }[];
}

/** A full page load after sign-in: nothing rendered for nobody may stay in the client's cache. */
export function SignIn({ next, providers }: SignInProps) {
  return (
    <div className="grid gap-6">
      <SignInForm onSubmit={signInWithPassword} onDone={() => window.location.assign(next)} />
      <ProviderButtons providers={providers} onChoose={(id) => signInWithProvider(id, next)} />
    </div>
  );
}
