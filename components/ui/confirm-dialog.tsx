"use client";

import { type ReactNode, useState } from "react";
import type { ActionState } from "@/lib/action-state";
import { Button } from "./button";
import { Callout } from "./callout";
import { Dialog, DialogActions } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";
import { useSubmit } from "./use-submit";

interface ConfirmProps<T> {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: string;
  /** What will happen, in plain words. */
  children: ReactNode;
  /** The button's text: the verb itself, e.g. "Revoke token". */
  confirm: string;
  /** When set, this text must be typed first. */
  typed?: string;
  onConfirm(): Promise<ActionState<T>>;
  onDone?(data: T): void;
}

/** Asks before something that cannot be undone; errors are shown in place. */
export function ConfirmDialog<T>({
  open,
  onOpenChange,
  title,
  children,
  confirm,
  typed,
  onConfirm,
  onDone,
}: ConfirmProps<T>) {
  const [text, setText] = useState("");
  const { submit, pending, error, reset } = useSubmit(onConfirm, (data: T) => {
    change(false);
    onDone?.(data);
  });
  function change(next: boolean) {
    setText("");
    reset();
    onOpenChange(next);
  }
  return (
    <Dialog open={open} onOpenChange={change} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(undefined);
        }}
      >
        <div className="grid gap-4 text-soft text-sm leading-6">
          <div>{children}</div>
          {typed && (
            <Field label={`Type ${typed} to confirm`}>
              <Input
                mono
                autoComplete="off"
                spellCheck={false}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </Field>
          )}
          {error && <Callout tone="bad">{error.message}</Callout>}
        </div>
        <DialogActions>
          <Button variant="secondary" onClick={() => change(false)}>
            Cancel
          </Button>
          <Button type="submit" variant="danger" pending={pending} disabled={typed !== undefined && text !== typed}>
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
