"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { formatCount } from "@/lib/format";
import { choicesWith, type SaveSettings } from "./settings-form";

const CHOICES = [0, 10_000, 20_000, 50_000, 100_000, 200_000];
const CHARACTERS_PER_TOKEN = 4;

/** How much of a long result goes out at once. */
export function ResultCap({ cap, onSave }: { cap: number | null; onSave: SaveSettings }) {
  const [chosen, setChosen] = useState(cap ?? 0);
  const { submit, pending, error } = useSubmit(onSave, ({ resultCap }) =>
    toast.success(resultCap === null ? "Results go out whole" : "Saved, for results from now on"),
  );
  return (
    <SettingsCard
      title="Long results"
      description="One answer of a server can fill a model's whole context. With a bound, clients get the beginning, and read on only where they need to."
    >
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ resultCap: chosen === 0 ? null : chosen });
        }}
      >
        <Field
          label="Characters that go out at once"
          hint={
            chosen === 0
              ? "Every result goes out whole, however long."
              : `About ${formatCount(Math.round(chosen / CHARACTERS_PER_TOKEN))} tokens. The whole result is kept for an hour, sealed, for the member who asked: the tool read_result reads on from any place, or picks out a part by its path.`
          }
        >
          <Select className="sm:w-60" value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
            {choicesWith(CHOICES, cap ?? 0).map((choice) => (
              <option key={choice} value={choice}>
                {choice === 0 ? "No bound" : formatCount(choice)}
              </option>
            ))}
          </Select>
        </Field>
        {chosen > 0 && (
          <p className="text-soft text-sm leading-6">
            Text alone is cut; pictures and sound stay. Structured content that is longer is left out, so clients are no
            longer promised any. Single-server endpoints always answer whole.
          </p>
        )}
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button type="submit" variant="secondary" pending={pending} disabled={chosen === (cap ?? 0)}>
            Save
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
