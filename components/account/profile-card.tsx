"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { UpdateProfileInput } from "@/lib/services/user/schemas";
import type { ProfileView } from "@/lib/services/user/view";

interface ProfileProps {
  profile: ProfileView;
  onSave: Action<UpdateProfileInput, ProfileView>;
}

/** Your own name; the address is what you are known by, and stays. */
export function ProfileCard({ profile, onSave }: ProfileProps) {
  const [name, setName] = useState(profile.name);
  const { submit, pending, error, fieldError } = useSubmit(onSave, () => toast.success("Name saved"), ["name"]);
  return (
    <SettingsCard
      title="Profile"
      description="How colleagues see you. Calls and events of before keep the name of their time."
    >
      <form
        className="grid max-w-xl gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ name });
        }}
      >
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Name" error={fieldError("name")}>
            <Input
              required
              maxLength={80}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <Field label="E-mail" hint="Invitations and sign-in are bound to it, so it stays.">
            <Input readOnly value={profile.email} className="bg-muted text-soft" />
          </Field>
        </div>
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button type="submit" variant="secondary" pending={pending} disabled={name === profile.name}>
            Save name
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
