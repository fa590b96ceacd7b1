"use client";

import { useState, useTransition } from "react";
import type { Action, ActionState } from "@/lib/action-state";

type Failure = Extract<ActionState, { ok: false }>;

const OFFLINE: Failure = {
  ok: false,
  code: "unavailable",
  message: "The server did not answer. Check that it is running, then try again.",
};

/** A failure whose cause only the log knows says under which request it is found there. */
const withReference = (failure: Failure): Failure =>
  failure.requestId ? { ...failure, message: `${failure.message} Request ${failure.requestId}.` } : failure;

/**
 * Runs a server action from a form: one at a time, with its failure kept for display.
 * `fieldError("name")` is the message when the failure names that field; `error` is the failure when no field shows it.
 */
export function useSubmit<Input, T>(
  action: Action<Input, T>,
  onDone?: (data: T) => void,
  fields: readonly string[] = [],
) {
  const [pending, start] = useTransition();
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = (input: Input) =>
    start(async () => {
      const result = await action(input).catch(() => OFFLINE);
      setFailure(result.ok ? null : withReference(result));
      if (result.ok) onDone?.(result.data);
    });
  const atField = failure?.field !== undefined && fields.includes(failure.field);
  return {
    submit,
    pending,
    error: atField ? null : failure,
    fieldError: (name: string) => (failure?.field === name ? failure.message : undefined),
    reset: () => setFailure(null),
  };
}
