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

interface Credentials {
  email: string;
  password: string;
}

/** E-mail and password. One message for every mismatch, so nobody learns who has an account. */
export function SignInForm({ onSubmit, onDone }: { onSubmit: Action<Credentials>; onDone(): void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const { submit, pending, error } = useSubmit(onSubmit, () => {
    setDone(true);
    onDone();
  });
  return (
    <form
      method="post"
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit({ email, password });
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
      <Field
        label="Password"
        aside={
          <Link href={paths.forgotPassword} className="rounded text-soft hover:text-ink hover:underline">
            Forgot it?
          </Link>
        }
      >
        <Input
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button type="submit" size="lg" pending={pending || done}>
        Sign in
      </Button>
    </form>
  );
}
