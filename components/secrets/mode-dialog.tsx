"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { SecretModeView } from "@/lib/services/secret/view";
import { MODES, type SecretMode } from "./modes";

interface ModeDialogProps {
  name: string;
  mode: SecretMode;
  onChoose: Action<SecretMode, SecretModeView>;
  onClose(): void;
}

/** Chooses whose value fills a secret. */
export function ModeDialog({ name, mode, onChoose, onClose }: ModeDialogProps) {
  const [chosen, setChosen] = useState(mode);
  const { submit, pending, error } = useSubmit(onChoose, (now) => {
    onClose();
    toast.success(`${name}: ${MODES[now.mode].label.toLowerCase()}`, { description: MODES[now.mode].hint });
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Whose ${name}?`}
      description="Changing this deletes no value; what is not used waits."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(chosen);
        }}
      >
        <fieldset className="grid gap-2">
          <legend className="sr-only">Whose value is used</legend>
          {(Object.keys(MODES) as SecretMode[]).map((value) => (
            <label
              key={value}
              className={cn(
                "flex cursor-pointer items-start gap-3 rounded-lg border p-3 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2",
                chosen === value ? "border-accent bg-accent-soft" : "hover:bg-muted",
              )}
            >
              <input
                type="radio"
                name="mode"
                className="mt-1 accent-(--accent) outline-none"
                checked={chosen === value}
                onChange={() => setChosen(value)}
              />
              <span>
                <span className="font-medium">{MODES[value].label}</span>
                <span className="block text-soft text-xs leading-5">{MODES[value].hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {error && (
          <Callout tone="bad" className="mt-4">
            {error.message}
          </Callout>
        )}
        <DialogActions>
          <Button variant="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" pending={pending} disabled={chosen === mode}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
