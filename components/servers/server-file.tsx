"use client";

import { FileJson, X } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { readServerJson, type ServerFile, ServerFileError } from "./server-json";

/** Opens a vendor's server.json; it is read in the browser and fills in the form. */
export function OpenServerFile({ onOpen }: { onOpen(file: ServerFile): void }) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  async function open(files: FileList | null) {
    const [file] = files ?? [];
    if (!file) return;
    try {
      onOpen(readServerJson(await file.text()));
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof ServerFileError ? error.message : "This file could not be read.");
    }
    if (input.current) input.current.value = ""; // the same file may be chosen again
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="server.json"
        accept=".json,application/json"
        onChange={(event) => void open(event.target.files)}
      />
      <Button variant="ghost" onClick={() => input.current?.click()}>
        <FileJson aria-hidden /> Open a server.json
      </Button>
      {problem && (
        <p role="alert" className="w-full text-bad text-xs leading-5">
          {problem}
        </p>
      )}
    </>
  );
}

interface FileFieldsProps {
  file: ServerFile;
  values: Record<string, string>;
  onChange(values: Record<string, string>): void;
  onRemove(): void;
  fieldError(name: string): string | undefined;
}

/** What a server.json asks for, in place of the credential's own form. */
export function ServerFileFields({ file, values, onChange, onRemove, fieldError }: FileFieldsProps) {
  return (
    <div className="grid gap-5 rounded-xl border p-4">
      <div className="flex items-center justify-between gap-3">
        <p className="min-w-0 truncate font-medium text-sm">From the server.json of {file.name}</p>
        <Button variant="ghost" size="icon" aria-label="Do not use the file" onClick={onRemove}>
          <X aria-hidden />
        </Button>
      </div>
      {file.secrets.map((secret) => (
        <Field
          key={secret.name}
          label={secret.label}
          aside={secret.required ? undefined : "optional"}
          error={fieldError(`secrets.${secret.name}`)}
        >
          <Input
            mono
            type="password"
            autoComplete="off"
            data-1p-ignore
            spellCheck={false}
            required={secret.required}
            value={values[secret.name] ?? ""}
            onChange={(event) => onChange({ ...values, [secret.name]: event.target.value })}
          />
        </Field>
      ))}
      {file.headers.length > 0 ? (
        <ul className="grid gap-1 text-faint text-xs leading-5">
          {file.headers.map((header) => (
            <li key={header.name} className="break-all font-mono">
              {header.name}: {header.template}
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-faint text-xs">It names no header, so no credential is sent.</p>
      )}
    </div>
  );
}
