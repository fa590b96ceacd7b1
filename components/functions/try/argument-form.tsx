"use client";

import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { ArgumentField } from "./arguments";

interface FormProps {
  fields: ArgumentField[];
  typed: Readonly<Record<string, string>>;
  fault: { field: string; message: string } | null;
  onType(name: string, text: string): void;
}

/** A tool's arguments, each with the input that fits it. */
export function ArgumentForm({ fields, typed, fault, onType }: FormProps) {
  if (fields.length === 0) return <p className="text-faint text-sm">This tool takes no arguments.</p>;
  return (
    <div className="grid gap-4">
      {fields.map((field) => (
        <Field
          key={field.name}
          label={field.name}
          aside={field.required ? undefined : "optional"}
          hint={field.description ?? (field.input === "json" ? "As JSON" : undefined)}
          error={fault?.field === field.name ? fault.message : undefined}
        >
          <ArgumentInput field={field} value={typed[field.name] ?? ""} onType={(text) => onType(field.name, text)} />
        </Field>
      ))}
    </div>
  );
}

function ArgumentInput({ field, value, onType }: { field: ArgumentField; value: string; onType(text: string): void }) {
  if (field.input === "choice" || field.input === "boolean") {
    const options = field.input === "boolean" ? [true, false] : field.options;
    return (
      <Select value={value} onChange={(event) => onType(event.target.value)}>
        <option value="">{field.required ? "Choose…" : "–"}</option>
        {options.map((option) => (
          <option key={String(option)} value={String(option)}>
            {String(option)}
          </option>
        ))}
      </Select>
    );
  }
  if (field.input === "json")
    return <Textarea mono spellCheck={false} value={value} onChange={(event) => onType(event.target.value)} />;
  return (
    <Input
      inputMode={field.input === "number" ? "decimal" : undefined}
      value={value}
      onChange={(event) => onType(event.target.value)}
    />
  );
}
