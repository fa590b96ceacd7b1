"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";

export interface NewAccount {
  name: string;
  /** Empty where the invitation names the address. */
  email: string;
  password: string;
}

interface CreateAccountProps<T> {
  /** The address that was invited; null: any of `domain`. */
  email: string | null;
  domain: string | null;
  onSubmit: Action<NewAccount, T>;
  onDone(data: T): void;
}

/** The account of somebody who was invited. */
export function CreateAccountForm<T>({ email, domain, onSubmit, onDone }: CreateAccountProps<T>) {
  const [input, setInput] = useState<NewAccount>({ name: "", email: "", password: "" });
  const { submit, pending, error, fieldError } = useSubmit(onSubmit, onDone, ["name", "email", "password"]);
  const bind = (field: keyof NewAccount) => ({
    name: field,
    required: true,
    value: input[field],
    onChange: (event: { target: { value: string } }) => setInput({ ...input, [field]: event.target.value }),
  });
  return (
    <form
      method="post"
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit(input);
      }}
    >
      {error && <Callout tone="bad">{error.message}</Callout>}
      {email === null ? (
        <Field label="E-mail" hint={`Your address at ${domain}.`} error={fieldError("email")}>
          <Input type="email" autoComplete="username" {...bind("email")} />
        </Field>
      ) : (
        <Field label="E-mail" hint="The invitation is for this address." error={fieldError("email")}>
          <Input
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            readOnly
            className="bg-muted text-soft"
          />
        </Field>
      )}
      <Field label="Your name" hint="Your calls are shown under it." error={fieldError("name")}>
        <Input autoComplete="name" autoFocus {...bind("name")} />
      </Field>
      <Field
        label="Password"
        hint="At least 12 characters. A few unrelated words are easy to remember."
        error={fieldError("password")}
      >
        <Input type="password" autoComplete="new-password" minLength={12} {...bind("password")} />
      </Field>
      <Button type="submit" size="lg" pending={pending}>
        Create account and join
      </Button>
    </form>
  );
}
