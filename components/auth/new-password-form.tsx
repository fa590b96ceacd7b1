"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";

/** A new password by a reset link. The hidden address lets password managers store the pair. */
export function NewPasswordForm<T>({
  email,
  onSubmit,
  onDone,
}: {
  email: string;
  onSubmit: Action<{ password: string }, T>;
  onDone(data: T): void;
}) {
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const { submit, pending, error, fieldError } = useSubmit(
    onSubmit,
    (data) => {
      setDone(true);
      onDone(data);
    },
    ["password"],
  );
  return (
    <form
      method="post"
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit({ password });
      }}
    >
      {error && <Callout tone="bad">{error.message}</Callout>}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field
        label="New password"
        hint="At least 12 characters. A few unrelated words are easy to remember."
        error={fieldError("password")}
      >
        <Input
          type="password"
          name="password"
          autoComplete="new-password"
          minLength={12}
          required
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button type="submit" size="lg" pending={pending || done}>
        Save and sign in
      </Button>
    </form>
  );
}
