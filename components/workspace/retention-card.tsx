"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type { SettingsEffectsInput } from "@/lib/services/workspace/schemas";
import type { SettingsEffectsView } from "@/lib/services/workspace/view";
import { choicesWith, type SaveSettings } from "./settings-form";

interface RetentionProps {
  days: number;
  onSave: SaveSettings;
  /** What another term would delete. */
  onEffects: Action<SettingsEffectsInput, SettingsEffectsView>;
}

const CHOICES = [30, 90, 180, 365, 400, 730, 1_095, 1_825, 3_650];

/** How long calls stay in the log. */
export function RetentionCard({ days, onSave, onEffects }: RetentionProps) {
  const [chosen, setChosen] = useState(days);
  const [older, setOlder] = useState<number | null>(null);
  const done = () => toast.success(`Calls are kept for ${plural(chosen, "day")}`);
  const save = useSubmit(onSave, done);
  const count = useSubmit(onEffects, ({ olderCalls }: SettingsEffectsView) => {
    if (olderCalls > 0) setOlder(olderCalls);
    else save.submit({ retentionDays: chosen });
  });
  const error = save.error ?? count.error;
  return (
    <SettingsCard
      title="Call log"
      description="How long calls and the figures made of them are kept. The audit log stays whole, whatever is chosen here."
    >
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen < days) count.submit({ retentionDays: chosen });
          else save.submit({ retentionDays: chosen });
        }}
      >
        <Field label="Keep calls for" hint="Auditors often ask for 12 months. Older calls are deleted once a day.">
          <Select className="sm:w-60" value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
            {choicesWith(CHOICES, days).map((choice) => (
              <option key={choice} value={choice}>
                {plural(choice, "day")}
                {choice >= 365 && choice % 365 === 0 ? ` (${plural(choice / 365, "year")})` : ""}
              </option>
            ))}
          </Select>
        </Field>
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button type="submit" variant="secondary" pending={save.pending || count.pending} disabled={chosen === days}>
            Save
          </Button>
        </div>
      </form>
      <ConfirmDialog
        open={older !== null}
        onOpenChange={(open) => !open && setOlder(null)}
        title={`Keep calls for ${plural(chosen, "day")} only?`}
        confirm="Shorten and delete"
        onConfirm={() => onSave({ retentionDays: chosen })}
        onDone={done}
      >
        <strong className="font-medium text-ink">
          {(older ?? 0) >= 100_000 ? "More than " : ""}
          {plural(older ?? 0, "call")}
        </strong>{" "}
        older than that will be deleted within a day, with the figures made of them. Export them first if anybody may
        ask for them. This cannot be undone.
      </ConfirmDialog>
    </SettingsCard>
  );
}
