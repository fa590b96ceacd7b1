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
import type { FunctionDetail } from "@/lib/services/function/view";
import type { UpdateServerInput } from "@/lib/services/server/schemas";
import type { ServerSaved } from "@/lib/services/server/view";

interface GeneralProps {
  detail: FunctionDetail;
  onRename: Action<UpdateServerInput, ServerSaved>;
}

/** The function's name; its slug stays. */
export function GeneralCard({ detail, onRename }: GeneralProps) {
  const [name, setName] = useState(detail.name);
  const { submit, pending, error, fieldError } = useSubmit(onRename, () => toast.success("Name saved"), ["name"]);
  return (
    <SettingsCard title="General" description={`The slug ${detail.slug} stays: it is part of every tool's name.`}>
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ server: detail.slug, name });
        }}
      >
        <Field label="Name" error={fieldError("name")}>
          <Input required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button type="submit" variant="secondary" pending={pending} disabled={name === detail.name}>
            Save name
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
