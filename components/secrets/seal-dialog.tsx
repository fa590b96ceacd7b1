"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";

interface DialogProps {
  name: string;
  /** A value is set already. */
  replaces: boolean;
  /** Hosts that it is sent to, and nowhere else. */
  hosts: string;
  onSave: Action<string, unknown>;
  onClose(): void;
}

/** Takes the value of a function's secret; it is not tested, as only the function's own code knows what to do with it. */
export function SealDialog({ name, replaces, hosts, onSave, onClose }: DialogProps) {
  const [value, setValue] = useState("");
  const { submit, pending, error, fieldError } = useSubmit(onSave, () => {
    onClose();
    toast.success(`${name} is sealed`, { description: "Try a tool that uses it." });
  }, ["value"]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      title={`${replaces ? "Replace" : "Set"} ${name}`}
      description={`Sealed and from then on write-only: nobody can read it again. It is sent to ${hosts} and nowhere else.`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(value);
        }}
      >
        <div className="grid gap-4">
          <Field label="Value" error={fieldError("value")} hint="Only the value, without “Bearer”; the code adds that.">
            <Input
              mono
              type="password"
              required
              autoFocus
              autoComplete="off"
              data-1p-ignore
              disabled={pending}
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          </Field>
          {error && <Callout tone="bad">{error.message}</Callout>}
        </div>
        <DialogActions>
          <Button variant="secondary" disabled={pending} onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" pending={pending}>
            Seal
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
