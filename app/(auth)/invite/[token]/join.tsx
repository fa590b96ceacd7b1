"use client";

import Link from "next/link";
import { useState } from "react";
import { AuthCard } from "@/components/auth/auth-card";
import { CreateAccountForm, type NewAccount } from "@/components/auth/create-account-form";
import { Joined } from "@/components/auth/joined";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { paths } from "@/lib/paths";
import type { AcceptedView } from "@/lib/services/invitation/view";
import { signInWithPassword } from "../../sign-in-with-password";
import { signInWithProvider } from "../../sign-in-with-provider";
import { joinAction } from "./actions";
import type { Heading } from "./heading";

interface JoinProps {
  heading: Heading;
  token: string;
  /** Exactly one of the two is set. */
  email: string | null;
  domain: string | null;
  providers: { id: string; name: string }[];
}

/** For somebody who is not signed in: an account by name and password, or the account they have. */
export function Join({ heading, token, email, domain, providers }: JoinProps) {
  const [joined, setJoined] = useState<AcceptedView | null>(null);
  const here = paths.invitation(token);
  async function create(account: NewAccount) {
    const done = await joinAction(token, account);
    // Where signing in fails, the token is shown all the same: it could not be shown again.
    if (done.ok) await signInWithPassword({ email: done.data.email, password: account.password });
    return done;
  }
  if (joined) return <Joined joined={joined} />;
  return (
    <AuthCard {...heading}>
      <p className="text-sm text-soft">
        You have an account already?{" "}
        <Link
          href={`${paths.signIn}?callbackUrl=${encodeURIComponent(here)}`}
          className="rounded font-medium text-accent-text hover:underline"
        >
          Sign in
        </Link>
      </p>
      <CreateAccountForm email={email} domain={domain} onSubmit={create} onDone={setJoined} />
      <ProviderButtons providers={providers} onChoose={(id) => signInWithProvider(id, here)} />
    </AuthCard>
  );
}
