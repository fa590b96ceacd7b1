"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Choice } from "@/components/ui/choice";
import { Switch } from "@/components/ui/switch";
import { useSubmit } from "@/components/ui/use-submit";
import type { ToolScope } from "@/lib/access/tool-scope";
import type { Action } from "@/lib/action-state";
import { formatCount } from "@/lib/format";
import type { ServerTools } from "@/lib/services/tool/view";
import { countScope, scopeKey } from "./scope";
import { ScopeServer } from "./scope-server";

interface EditorProps {
  /** Whose scope it is, for the words around. */
  name: string;
  scope: ToolScope | null;
  servers: ServerTools[];
  canEdit: boolean;
  onSave: Action<ToolScope | null, unknown>;
  onSaved(): void;
}

const ALL: ToolScope = { readOnly: false, servers: null };
/** No scope and one that leaves nothing out are the same; the shorter form is stored. */
const stored = (scope: ToolScope): ToolScope | null => (scope.servers === null && !scope.readOnly ? null : scope);

/** Which tools a member sees and may call: all, those of chosen servers, or chosen ones; and of these, all or reading ones. */
export function ScopeEditor({ name, scope, servers, canEdit, onSave, onSaved }: EditorProps) {
  const [draft, setDraft] = useState<ToolScope>(scope ?? ALL);
  const { submit, pending, error } = useSubmit(onSave, onSaved);
  const { sees, of } = countScope(draft, servers);
  const changed = scopeKey(draft) !== scopeKey(scope);
  const setServer = (id: string, tools: string[] | null | undefined) => {
    const { [id]: _, ...rest } = draft.servers ?? {};
    setDraft({ ...draft, servers: tools === undefined ? rest : { ...rest, [id]: tools } });
  };
  return (
    <SettingsCard
      title="Tools"
      description="What their clients list and may call. A change reaches connected clients within a second."
    >
      <fieldset disabled={!canEdit} className="grid gap-4">
        <legend className="sr-only">Which tools</legend>
        <div>
          <Choice
            type="radio"
            name="scope"
            checked={draft.servers === null}
            onChange={() => setDraft({ ...draft, servers: null })}
            note="Also of servers that are added later."
          >
            All servers
          </Choice>
          <Choice
            type="radio"
            name="scope"
            checked={draft.servers !== null}
            onChange={() => setDraft({ ...draft, servers: Object.fromEntries(servers.map(({ id }) => [id, null])) })}
            note="Nothing else; what is added later stays out."
          >
            Chosen servers and tools
          </Choice>
        </div>
        {draft.servers !== null && (
          <ul className="grid max-h-96 overflow-y-auto rounded-xl border">
            {servers.map((server) => (
              <ScopeServer
                key={server.id}
                server={server}
                tools={draft.servers?.[server.id]}
                onChange={(tools) => setServer(server.id, tools)}
              />
            ))}
            {servers.length === 0 && <li className="px-4 py-6 text-center text-faint text-sm">No server is on.</li>}
          </ul>
        )}
        <div className="flex items-start justify-between gap-6 border-t pt-4">
          <div className="grid text-sm leading-6">
            <span className="font-medium">Reading tools only</span>
            <span className="text-faint text-xs leading-5">
              Of these, the ones that their server marks as read-only. The mark is the server's own claim.
            </span>
          </div>
          <Switch
            label="Reading tools only"
            checked={draft.readOnly}
            disabled={!canEdit}
            onCheckedChange={(readOnly) => setDraft({ ...draft, readOnly })}
          />
        </div>
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p aria-live="polite" className="text-soft text-sm">
            {name} sees <strong className="font-semibold text-ink tabular-nums">{formatCount(sees)}</strong> of{" "}
            {formatCount(of)} tools
          </p>
          {canEdit && (
            <Button variant="secondary" pending={pending} disabled={!changed} onClick={() => submit(stored(draft))}>
              Save tools
            </Button>
          )}
        </div>
      </fieldset>
    </SettingsCard>
  );
}
