"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { choicesUpTo, toDays } from "./expiry";

interface TokenForm {
  name: string;
  expiresInDays?: number;
}

interface DialogProps<T> {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: string;
  description: string;
  nameLabel: string;
  nameHint: string;
  /** Names to choose from, besides new ones. */
  suggestions?: string[];
  submitLabel: string;
  /** Longest life that the workspace allows; absent or null: no bound. */
  maxDays?: number | null;
  /** More to choose, above the name. */
  children?: ReactNode;
  onSubmit: Action<TokenForm, T>;
  onDone(created: T): void;
}

/** Asks for a name and a lifetime; for workspace tokens and API keys. */
export function CreateTokenDialog<T>({ open, onOpenChange, title, description, ...form }: DialogProps<T>) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description}>
      <TokenFields {...form} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

function TokenFields<T>(
  props: Omit<DialogProps<T>, "open" | "onOpenChange" | "title" | "description"> & { onCancel(): void },
) {
  const [name, setName] = useState("");
  const choices = choicesUpTo(props.maxDays ?? null);
  const [expiry, setExpiry] = useState(
    choices.some(({ value }) => value === "90") ? "90" : (choices.at(-1)?.value ?? ""),
  );
  const { submit, pending, error, fieldError } = useSubmit(props.onSubmit, props.onDone, ["name", "expiresInDays"]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit({ name, expiresInDays: toDays(expiry) });
      }}
    >
      <div className="grid gap-5">
        {error && <Callout tone="bad">{error.message}</Callout>}
        {props.children}
        <Field label={props.nameLabel} hint={props.nameHint} error={fieldError("name")}>
          <Input
            required
            autoFocus
            maxLength={80}
            autoComplete="off"
            list="names"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <datalist id="names">
          {props.suggestions?.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
        <Field
          label="Expires"
          hint="An expired token stops working by itself; make a new one then."
          error={fieldError("expiresInDays")}
        >
          <Select value={expiry} onChange={(event) => setExpiry(event.target.value)}>
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <DialogActions>
        <Button variant="secondary" onClick={props.onCancel}>
          Cancel
        </Button>
        <Button type="submit" pending={pending}>
          {props.submitLabel}
        </Button>
      </DialogActions>
    </form>
  );
}
