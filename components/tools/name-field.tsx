"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { PrefixedInput } from "@/components/ui/input";
import type { NamePreview } from "./name-preview";

interface FieldProps {
  server: string;
  /** What its server calls it. */
  own: string;
  text: string;
  onText(text: string): void;
  preview: NamePreview;
  nameLength: number;
  /** What the server of the dashboard said about it. */
  error: string | undefined;
}

/** The part of a tool's name behind `server__`, with what clients will see and its length. */
export function NameField({ server, own, text, onText, preview, nameLength, error }: FieldProps) {
  const { name, length, adapted, fault, alias } = preview;
  return (
    <div className="grid gap-2">
      <Field
        label="Name"
        aside={`${Math.min(length, 999)} of ${nameLength} characters`}
        error={fault ?? error}
        hint={
          adapted
            ? `The whole name ${length > nameLength ? "is too long for clients" : "has characters that clients do not take"}, so it ends in a hash that always stays the same.`
            : alias === null
              ? "Its server's own name."
              : undefined
        }
      >
        <PrefixedInput
          prefix={`${server}__`}
          autoComplete="off"
          spellCheck={false}
          placeholder={own}
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      </Field>
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 gap-y-1 text-sm">
        <p className="min-w-0 text-soft" aria-live="polite">
          {fault === null && (
            <>
              Clients see <code className="break-all font-mono text-[0.8125rem] text-ink">{name}</code>
            </>
          )}
        </p>
        {alias !== null && (
          <Button variant="ghost" size="sm" onClick={() => onText(own)}>
            Use {own.length > 24 ? `${own.slice(0, 23)}…` : own}
          </Button>
        )}
      </div>
    </div>
  );
}
