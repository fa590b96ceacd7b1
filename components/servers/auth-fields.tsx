"use client";

import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { AUTH_KINDS, type AuthDraft, toCredentials } from "./auth-presets";

interface AuthFieldsProps {
  auth: AuthDraft;
  onChange(auth: AuthDraft): void;
  fieldError(name: string): string | undefined;
}

/** Which credential the server wants, and its value. Values go to the server sealed and never come back. */
export function AuthFields({ auth, onChange, fieldError }: AuthFieldsProps) {
  const set = (change: Partial<AuthDraft>) => onChange({ ...auth, ...change });
  const preview = toCredentials(auth).headers[0];
  return (
    <div className="grid gap-5">
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 font-medium text-sm">Credential</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {AUTH_KINDS.map((kind) => (
            <label
              key={kind.value}
              className={cn(
                "flex cursor-pointer items-start gap-3 rounded-lg border p-3 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2",
                auth.kind === kind.value ? "border-accent bg-accent-soft" : "hover:bg-muted",
              )}
            >
              <input
                type="radio"
                name="auth"
                className="mt-1 accent-(--accent) outline-none"
                checked={auth.kind === kind.value}
                onChange={() => set({ kind: kind.value })}
              />
              <span>
                <span className="font-medium">{kind.label}</span>
                <span className="block text-soft text-xs leading-5">{kind.hint}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {auth.kind === "basic" && (
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="User">
            <Input
              autoComplete="off"
              spellCheck={false}
              value={auth.user}
              onChange={(event) => set({ user: event.target.value })}
            />
          </Field>
          <Secret label="Password" value={auth.password} onChange={(password) => set({ password })} />
        </div>
      )}
      {auth.kind === "header" && (
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Header" error={fieldError("headers.0.name")}>
            <Input
              mono
              spellCheck={false}
              value={auth.headerName}
              onChange={(event) => set({ headerName: event.target.value })}
            />
          </Field>
          <Field label="Text before the secret" aside="optional">
            <Input
              mono
              spellCheck={false}
              placeholder="Token token="
              value={auth.prefix}
              onChange={(event) => set({ prefix: event.target.value })}
            />
          </Field>
        </div>
      )}
      {(auth.kind === "bearer" || auth.kind === "header") && (
        <div className="grid gap-5 sm:grid-cols-2">
          <Secret
            label="Secret"
            value={auth.value}
            onChange={(value) => set({ value })}
            error={fieldError(`secrets.${auth.secretName}`)}
          />
          <Field label="Name of the secret" hint="Capital letters, digits and _">
            <Input
              mono
              spellCheck={false}
              value={auth.secretName}
              onChange={(event) => set({ secretName: event.target.value.toUpperCase() })}
            />
          </Field>
        </div>
      )}
      {preview && (
        <p className="text-faint text-xs leading-5">
          Sent with every call as{" "}
          <code className="rounded bg-muted px-1.5 py-0.5 font-mono text-ink">
            {preview.name}: {preview.template}
          </code>
          . The value is sealed, bound to this server's address, and shown to nobody.
        </p>
      )}
    </div>
  );
}

function Secret({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
  error?: string;
}) {
  return (
    <Field label={label} error={error}>
      <Input
        mono
        type="password"
        autoComplete="off"
        data-1p-ignore
        autoFocus
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
