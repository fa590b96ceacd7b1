"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { plural } from "@/lib/format";
import { choicesWith, type SaveSettings } from "./settings-form";

const CHOICES = [0, 7, 30, 90, 180, 365];

/** How long a new token may live. */
export function TokenLife({ days, onSave }: { days: number | null; onSave: SaveSettings }) {
  const [chosen, setChosen] = useState(days ?? 0);
  const { submit, pending, error } = useSubmit(onSave, () => toast.success("Saved, for tokens from now on"));
  return (
    <SettingsCard
      title="Life of tokens"
      description="A token that nobody needs any more ends by itself. Tokens that exist keep the end they have."
    >
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ maxTokenDays: chosen === 0 ? null : chosen });
        }}
      >
        <Field
          label="Longest life of a new token"
          hint={
            chosen === 0
              ? "Whoever makes a token chooses its end, or none."
              : "A token made without an end gets this one."
          }
        >
          <Select className="sm:w-60" value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
            {choicesWith(CHOICES, days ?? 0).map((choice) => (
              <option key={choice} value={choice}>
                {choice === 0 ? "No bound" : plural(choice, "day")}
              </option>
            ))}
          </Select>
        </Field>
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button type="submit" variant="secondary" pending={pending} disabled={chosen === (days ?? 0)}>
            Save
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
