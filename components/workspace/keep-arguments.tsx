"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type { UpdateWorkspaceSettingsInput } from "@/lib/services/workspace/schemas";
import type { WorkspaceSettingsView } from "@/lib/services/workspace/view";

interface KeepProps {
  days: number;
  canEdit: boolean;
  onSave: Action<UpdateWorkspaceSettingsInput, WorkspaceSettingsView>;
}

const CHOICES = [0, 1, 3, 7, 14, 30];

/** Whether the arguments of calls are kept for a while, to try rules on them; off unless chosen. */
export function KeepArguments({ days, canEdit, onSave }: KeepProps) {
  const [chosen, setChosen] = useState(days);
  const { submit, pending, error } = useSubmit(onSave, (saved) =>
    toast.success(saved.keepArgumentsDays === 0 ? "Arguments are not kept" : "Saved, for calls from now on"),
  );
  const choices = [...new Set([...CHOICES, days])].sort((a, b) => a - b);
  return (
    <SettingsCard
      title="Arguments of calls"
      description="Without this, only that a call was made is recorded, by whom and how it went, never what was sent."
    >
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ keepArgumentsDays: chosen });
        }}
      >
        <Field
          label="Keep arguments"
          hint={
            chosen === 0
              ? "Nothing is stored. Rules can still be tried on arguments that you type in."
              : "To try rules on real calls. They are sealed with the workspace's key like secrets, are shown on the Rules page to owners and admins only, and are deleted after this time."
          }
        >
          <Select
            className="sm:w-60"
            disabled={!canEdit}
            value={chosen}
            onChange={(event) => setChosen(Number(event.target.value))}
          >
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice === 0 ? "Not at all" : `For ${plural(choice, "day")}`}
              </option>
            ))}
          </Select>
        </Field>
        {chosen === 0 && days > 0 && <Callout tone="warn">Saving deletes all arguments kept so far.</Callout>}
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button type="submit" variant="secondary" pending={pending} disabled={!canEdit || chosen === days}>
            Save
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
