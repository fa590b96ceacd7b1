"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { HeaderInput, UpdateServerInput } from "@/lib/services/server/schemas";
import type { ServerSaved } from "@/lib/services/server/view";

interface HeaderFormProps {
  server: string;
  headers: HeaderInput[];
  onSave: Action<UpdateServerInput, ServerSaved>;
}

/** The headers sent with each call; templates name secrets and never hold one. */
export function HeaderForm({ server, headers, onSave }: HeaderFormProps) {
  const [rows, setRows] = useState(headers.map((header, index) => ({ ...header, key: index })));
  const { submit, pending, error } = useSubmit(onSave, ({ missingSecrets, probe }) => {
    if (missingSecrets.length > 0)
      toast.info("Headers saved", { description: `Now set ${missingSecrets.join(", ")} above.` });
    else toast.success("Headers saved", { description: probe?.message });
  });
  const change = (key: number, part: Partial<HeaderInput>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <SettingsCard
      title="Headers"
      description={
        <>
          Sent to this server with every call. <code className="font-mono text-ink">{"{{NAME}}"}</code> stands for a
          secret, <code className="font-mono text-ink">{"{{b64:USER:PASSWORD}}"}</code> for two of them in base64.
        </>
      }
    >
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ server, headers: rows.map(({ name, template }) => ({ name, template })) });
        }}
      >
        {rows.map((row) => (
          <div key={row.key} className="grid grid-cols-[1fr_auto] gap-2 sm:grid-cols-[14rem_1fr_auto]">
            <Input
              mono
              aria-label="Header name"
              placeholder="Authorization"
              value={row.name}
              onChange={(event) => change(row.key, { name: event.target.value })}
            />
            <Input
              mono
              aria-label="Header value"
              placeholder="Bearer {{API_TOKEN}}"
              className="max-sm:col-start-1"
              value={row.template}
              onChange={(event) => change(row.key, { template: event.target.value })}
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label="Remove header"
              className="max-sm:col-start-2 max-sm:row-start-1"
              onClick={() => setRows(rows.filter((other) => other.key !== row.key))}
            >
              <Trash2 aria-hidden />
            </Button>
          </div>
        ))}
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div className="flex flex-wrap gap-2 pt-1">
          <Button type="submit" variant="secondary" pending={pending}>
            Save headers
          </Button>
          <Button variant="ghost" onClick={() => setRows([...rows, { name: "", template: "", key: Date.now() }])}>
            <Plus aria-hidden /> Add header
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
