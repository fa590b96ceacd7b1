"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { ProbeView } from "@/lib/services/server/view";
import { TestProgress } from "./test-progress";

/** What the dialog hands over; the value lives here only. */
export interface NewValue {
  value: string;
  testTool?: string;
  force?: boolean;
}

interface ValueDialogProps {
  name: string;
  /** Where the value will be sent, and nowhere else. */
  origin: string;
  /** The version in force that a new value would replace; null where there is none. */
  replaces: number | null;
  /** Tools that a test may call; empty: the tools are only listed. */
  testTools: string[];
  onSave: Action<NewValue, { probe: ProbeView }>;
  onClose(): void;
}

/** Takes a secret's value, shows its test, and lets a person decide when that fails. */
export function ValueDialog({ name, origin, replaces, testTools, onSave, onClose }: ValueDialogProps) {
  const [value, setValue] = useState("");
  const [testTool, setTestTool] = useState("");
  const { submit, pending, error, fieldError, reset } = useSubmit(
    onSave,
    ({ probe }) => {
      onClose();
      const done = replaces === null ? `${name} is sealed` : `${name} is replaced`;
      if (probe.ok) toast.success(done, { description: probe.message });
      else toast.warning(`${done}, but the test failed`, { description: probe.message, duration: 15_000 });
    },
    ["value", "testTool"],
  );
  const refused = replaces !== null && error?.code === "upstream_failed" ? error : null;
  const send = (force: boolean) => submit({ value, ...(testTool && { testTool }), ...(force && { force }) });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      title={replaces === null ? `Set ${name}` : `Replace ${name}`}
      description={
        replaces === null
          ? "It is tested, sealed and from then on write-only: nobody can read it again."
          : `The new value is tested first. Calls use version ${replaces} until it passes.`
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send(false);
        }}
      >
        <div className="grid gap-4">
          <Field
            label={replaces === null ? "Value" : "New value"}
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
              disabled={pending}
              value={value}
              onChange={(event) => {
                setValue(event.target.value);
                reset();
              }}
            />
          </Field>
          {testTools.length > 0 && (
            <Field
              label="Test call"
              aside="optional"
              error={fieldError("testTool")}
              hint="Some servers list tools for anybody and ask for the credential only when one is called."
            >
              <Select disabled={pending} value={testTool} onChange={(event) => setTestTool(event.target.value)}>
                <option value="">List the tools only</option>
                {testTools.map((tool) => (
                  <option key={tool} value={tool}>
                    Call {tool}, without arguments
                  </option>
                ))}
              </Select>
            </Field>
          )}
          {pending && <TestProgress origin={origin} testTool={testTool || null} replaces={replaces} />}
          {refused && (
            <Callout tone="bad" title={`The test failed; version ${replaces} is still used`}>
              {refused.message.replace(/ The old value stays in force; nothing was changed\.$/, "")}
            </Callout>
          )}
          {error && !refused && <Callout tone="bad">{error.message}</Callout>}
        </div>
        {refused ? (
          <DialogActions>
            <Button variant="quietDanger" pending={pending} onClick={() => send(true)}>
              Use it anyway
            </Button>
            <Button type="submit" variant="secondary" disabled={pending}>
              Test again
            </Button>
            <Button disabled={pending} onClick={onClose}>
              Keep the old one
            </Button>
          </DialogActions>
        ) : (
          <DialogActions>
            <Button variant="secondary" disabled={pending} onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" pending={pending}>
              {pending ? "Testing…" : replaces === null ? "Test and seal" : "Test and replace"}
            </Button>
          </DialogActions>
        )}
      </form>
    </Dialog>
  );
}
