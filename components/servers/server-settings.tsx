"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { RemoveServerInput, SetServerEnabledInput, UpdateServerInput } from "@/lib/services/server/schemas";
import type { ServerDetail, ServerRemovalView, ServerSaved, ServerView } from "@/lib/services/server/view";
import type { DeletedView } from "@/lib/services/workspace/view";
import { EnabledSwitch } from "./enabled-switch";
import { RemovalFacts } from "./removal-facts";

interface SettingsProps {
  server: ServerDetail;
  removal: ServerRemovalView;
  onUpdate: Action<UpdateServerInput, ServerSaved>;
  onToggle: Action<SetServerEnabledInput, ServerView>;
  onRemove: Action<RemoveServerInput, DeletedView>;
  onRemoved(): void;
}

/** Name, address, the main switch, and the way out. */
export function ServerSettings({ server, removal, onUpdate, onToggle, onRemove, onRemoved }: SettingsProps) {
  const [removing, setRemoving] = useState(false);
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-6">
      <General server={server} onUpdate={onUpdate} />
      <SettingsCard
        title="On for the team"
        description="Off, none of its tools is listed or can be called. Secrets, switches and rules stay as they are."
      >
        <div className="flex items-center gap-3 text-soft text-sm">
          <EnabledSwitch
            enabled={server.enabled}
            label={`Server ${server.name}`}
            onToggle={(enabled) => onToggle({ server: server.slug, enabled })}
          />
          {server.enabled ? "This server is on" : "This server is off"}
        </div>
      </SettingsCard>
      <SettingsCard
        tone="bad"
        title="Remove this server"
        description="It disappears for the whole team, with its tools and secrets. Its calls stay in the record."
      >
        <Button variant="danger" onClick={() => setRemoving(true)}>
          Remove server
        </Button>
      </SettingsCard>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${server.name}?`}
        confirm="Remove server"
        typed={server.slug}
        onConfirm={() => onRemove({ server: server.slug, confirm: server.slug })}
        onDone={onRemoved}
      >
        <RemovalFacts {...removal} />
      </ConfirmDialog>
    </div>
  );
}

function General({ server, onUpdate }: Pick<SettingsProps, "server" | "onUpdate">) {
  const [name, setName] = useState(server.name);
  const [url, setUrl] = useState(server.url);
  const { submit, pending, error, fieldError } = useSubmit(
    onUpdate,
    ({ warnings }) => toast.success("Server saved", { description: warnings[0] }),
    ["name", "url"],
  );
  const moves = URL.canParse(url) && new URL(url).origin !== new URL(server.url).origin;
  return (
    <SettingsCard
      title="General"
      description={`The slug ${server.slug} stays: it begins the name of every tool, and clients, rules and scopes know them by it.`}
    >
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ server: server.slug, name, ...(url === server.url ? {} : { url }) });
        }}
      >
        <Field label="Name" error={fieldError("name")}>
          <Input required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="URL" error={fieldError("url")} hint="Tested before it is saved.">
          <Input
            mono
            required
            type="url"
            spellCheck={false}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        {moves && (
          <Callout tone="warn">Secrets are bound to the old address. After the move they must be set again.</Callout>
        )}
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button
            type="submit"
            variant="secondary"
            pending={pending}
            disabled={name === server.name && url === server.url}
          >
            Save changes
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
