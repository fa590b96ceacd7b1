"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader, SettingsCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { paths } from "@/lib/paths";
import type { EndedSessionsView } from "@/lib/services/session/view";
import type { ChangePasswordInput } from "@/lib/services/user/schemas";

interface PasswordCardProps {
  email: string;
  hasPassword: boolean;
  onSubmit: Action<ChangePasswordInput, EndedSessionsView>;
}

const EMPTY = { current: "", password: "" };

/** Replaces the password, with the one of now as proof. */
export function PasswordCard({ email, hasPassword, onSubmit }: PasswordCardProps) {
  const [input, setInput] = useState(EMPTY);
  const { submit, pending, error, fieldError } = useSubmit(
    onSubmit,
    ({ ended }) => {
      setInput(EMPTY);
      toast.success("Password changed", {
        description: ended > 0 ? "All other browsers have to sign in again." : undefined,
      });
    },
    ["current", "password"],
  );
  if (!hasPassword)
    return (
      <Card>
        <CardHeader
          title="Password"
          description={
            <>
              You sign in by a provider and have no password.{" "}
              <Link href={paths.forgotPassword} className="rounded text-accent-text hover:underline">
                Ask for a link
              </Link>{" "}
              if you want one as well.
            </>
          }
        />
      </Card>
    );
  const bind = (field: keyof typeof EMPTY) => ({
    name: field,
    type: "password",
    required: true,
    value: input[field],
    onChange: (event: { target: { value: string } }) => setInput({ ...input, [field]: event.target.value }),
  });
  return (
    <SettingsCard title="Password" description="Changing it ends your sign-ins in all other browsers.">
      <form
        method="post"
        className="grid max-w-xl gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit(input);
        }}
      >
        {error && <Callout tone="bad">{error.message}</Callout>}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Current password" error={fieldError("current")}>
            <Input autoComplete="current-password" {...bind("current")} />
          </Field>
          <Field label="New password" hint="At least 12 characters." error={fieldError("password")}>
            <Input autoComplete="new-password" minLength={12} {...bind("password")} />
          </Field>
        </div>
        <div>
          <Button type="submit" variant="secondary" pending={pending}>
            Change password
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
