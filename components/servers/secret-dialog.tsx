"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { SetSecretInput } from "@/lib/services/secret/schemas";
import type { SecretSetView } from "@/lib/services/secret/view";

interface SecretDialogProps {
  server: string;
  name: string;
  replaces: boolean;
  onSet: Action<SetSecretInput, SecretSetView>;
  onClose(): void;
}

/** Takes a secret's value; the server is tested with it at once. */
export function SecretDialog({ server, name, replaces, onSet, onClose }: SecretDialogProps) {
  const [value, setValue] = useState("");
  const { submit, pending, error, fieldError } = useSubmit(
    onSet,
    ({ probe }) => {
      onClose();
      if (probe.ok) toast.success(`${name} is sealed`, { description: probe.message });
      else toast.warning(`${name} is sealed, but the test failed`, { description: probe.message, duration: 15_000 });
    },
    ["value"],
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={replaces ? `Replace ${name}` : `Set ${name}`}
      description={
        replaces
          ? "The old value stops being used with the next call."
          : "It is sealed before it is stored, then the server is tested with it."
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit({ server, name, value });
        }}
      >
        <div className="grid gap-4">
          {error && <Callout tone="bad">{error.message}</Callout>}
          <Field
            label="Value"
            error={fieldError("value")}
            hint="Only the value, without “Bearer”; the header adds that."
          >
            <Input
              mono
              type="password"
              required
              autoFocus
              autoComplete="off"
              data-1p-ignore
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          </Field>
        </div>
        <DialogActions>
          <Button variant="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" pending={pending}>
            {pending ? "Sealing and testing…" : "Save secret"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
