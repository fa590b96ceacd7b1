"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";

export interface OwnerInput {
  name: string;
  email: string;
  password: string;
}

/** Creates the owner of the installation. */
export function SetupForm({ onSubmit, onDone }: { onSubmit: Action<OwnerInput>; onDone(): void }) {
  const [input, setInput] = useState<OwnerInput>({ name: "", email: "", password: "" });
  const [done, setDone] = useState(false);
  const { submit, pending, error, fieldError } = useSubmit(onSubmit, () => {
    setDone(true);
    onDone();
  }, ["name", "email", "password"]);
  const bind = (field: keyof OwnerInput) => ({
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
      <Field label="Your name" error={fieldError("name")}>
        <Input autoComplete="name" autoFocus {...bind("name")} />
      </Field>
      <Field label="E-mail" error={fieldError("email")}>
        <Input type="email" autoComplete="username" {...bind("email")} />
      </Field>
      <Field
        label="Password"
        hint="At least 12 characters. A few unrelated words are easy to remember."
        error={fieldError("password")}
      >
        <Input type="password" autoComplete="new-password" minLength={12} {...bind("password")} />
      </Field>
      <Button type="submit" size="lg" pending={pending || done}>
        Create owner account
      </Button>
    </form>
  );
}
