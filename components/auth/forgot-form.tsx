"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { paths } from "@/lib/paths";

/** Asks for a reset link. What it says afterwards is true for every address, so nobody learns who has an account. */
export function ForgotForm({ onSubmit }: { onSubmit: Action<{ email: string }> }) {
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const { submit, pending, error } = useSubmit(onSubmit, () => setSent(true));
  const back = (
    <Button asChild size="lg" variant={sent ? "secondary" : "ghost"}>
      <Link href={paths.signIn}>Back to sign-in</Link>
    </Button>
  );
  if (sent)
    return (
      <>
        <Callout tone="good" title="Look into your mailbox">
          If {email} has an account here, a link is on its way. It works once, within one hour.
        </Callout>
        {back}
      </>
    );
  return (
    <form
      method="post"
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit({ email });
      }}
    >
      {error && <Callout tone="bad">{error.message}</Callout>}
      <Field label="E-mail">
        <Input
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <div className="grid gap-2">
        <Button type="submit" size="lg" pending={pending}>
          Send the link
        </Button>
        {back}
      </div>
    </form>
  );
}
