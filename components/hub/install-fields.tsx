"use client";

import { Badge } from "@/components/ui/badge";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import type { ListingDetail } from "@/lib/services/listing/view";
import { endpointOf, type InstallDraft, settingsOf } from "./install-draft";
import { Outside } from "./source-card";

interface FieldsProps {
  listing: ListingDetail;
  draft: InstallDraft;
  onChange(draft: InstallDraft): void;
  fieldError(name: string): string | undefined;
}

/** All that can be chosen or pasted before an install. */
export function InstallFields({ listing, draft, onChange, fieldError }: FieldsProps) {
  const set = (change: Partial<InstallDraft>) => onChange({ ...draft, ...change });
  const host = endpointOf(listing, draft)?.host ?? "";
  const settings = listing.settings.filter(({ name }) => settingsOf(listing, draft).includes(name));
  return (
    <div className="grid gap-6">
      {listing.endpoints.length > 1 && (
        <fieldset className="grid gap-0.5">
          <legend className="mb-1 font-medium text-sm">Address</legend>
          {listing.endpoints.map((endpoint, index) => (
            <Choice
              key={endpoint.label}
              type="radio"
              name="endpoint"
              checked={draft.endpoint === endpoint.label}
              onChange={() => set({ endpoint: endpoint.label })}
              note={<span className="break-all font-mono">{endpoint.url.replace(/^https?:\/\//, "")}</span>}
            >
              {endpoint.label} {endpoint.readOnly && index === 0 && <Badge tone="good">recommended</Badge>}
            </Choice>
          ))}
        </fieldset>
      )}
      {listing.secrets.map((secret, index) => (
        <Field
          key={secret.name}
          label={secret.label}
          aside={secret.optional ? "optional" : undefined}
          error={fieldError(`secrets.${secret.name}`)}
          hint={
            <>
              {secret.howTo} {secret.docsUrl && <Outside href={secret.docsUrl}>How to get it</Outside>}
              <span className="mt-1 block">
                Goes as header <code className="font-mono text-ink">{headerOf(listing, secret.name)}</code> to{" "}
                <code className="font-mono text-ink">{host}</code> only. Sealed here, shown to nobody.
              </span>
            </>
          }
        >
          <Input
            mono
            type="password"
            autoComplete="off"
            data-1p-ignore
            spellCheck={false}
            autoFocus={index === 0 && !secret.optional}
            required={!secret.optional}
            value={draft.secrets[secret.name] ?? ""}
            onChange={(event) => set({ secrets: { ...draft.secrets, [secret.name]: event.target.value } })}
          />
        </Field>
      ))}
      {settings.map((setting) => (
        <Field
          key={setting.name}
          label={setting.label}
          error={fieldError(`settings.${setting.name}`)}
          hint={setting.hint}
        >
          <Input
            mono
            required
            spellCheck={false}
            placeholder={setting.example}
            value={draft.settings[setting.name] ?? ""}
            onChange={(event) => set({ settings: { ...draft.settings, [setting.name]: event.target.value } })}
          />
        </Field>
      ))}
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Name" error={fieldError("name")}>
          <Input maxLength={80} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field
          label="Slug"
          error={fieldError("slug")}
          hint={
            <>
              Tools are called{" "}
              <code className="break-all font-mono text-ink">{`${draft.slug || "slug"}__${listing.tools[0] ?? "tool"}`}</code>
            </>
          }
        >
          <Input
            mono
            required
            maxLength={16}
            spellCheck={false}
            value={draft.slug}
            onChange={(event) => set({ slug: event.target.value })}
          />
        </Field>
      </div>
      <div className="flex items-start justify-between gap-4 rounded-xl border p-4">
        <div className="grid gap-0.5 text-sm">
          <span className="font-medium">Start with reading tools only</span>
          <span className="text-faint text-xs leading-5">
            Tools that the server does not mark as read-only start switched off. You can switch each on later.
          </span>
          {fieldError("readOnly") && <span className="text-bad text-xs">{fieldError("readOnly")}</span>}
        </div>
        <Switch
          label="Start with reading tools only"
          checked={draft.readOnly}
          onCheckedChange={(readOnly) => set({ readOnly })}
        />
      </div>
    </div>
  );
}

const headerOf = (listing: ListingDetail, secret: string): string =>
  listing.headers
    .filter(({ secrets }) => secrets.includes(secret))
    .map(({ name }) => name)
    .join(", ");
