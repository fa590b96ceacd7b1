"use client";

import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Spinner } from "@/components/ui/spinner";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { formatCount, plural } from "@/lib/format";
import { SEARCH_MODE_FROM } from "@/lib/services/tool/schemas";
import type { ContextView } from "@/lib/services/workspace/view";
import type { SaveSettings } from "./settings-form";

/** Whether clients get the whole list of tools, or three tools that search it. */
export function SearchMode({ on, context, onSave }: { on: boolean; context: ContextView; onSave: SaveSettings }) {
  const { submit, pending, error } = useSubmit(onSave, ({ searchMode }) =>
    toast.success(searchMode ? "Clients now find tools by searching" : "Clients get the full list again"),
  );
  const { tools, listTokens, searchTokens } = context;
  const offered = on || tools > SEARCH_MODE_FROM;
  return (
    <SettingsCard
      title="Search mode"
      description="A model reads every tool's definition before the first question. In search mode clients get three tools that find, describe and call the others."
    >
      <div className="grid gap-5">
        <div className="flex items-start justify-between gap-6">
          <div className="grid gap-0.5">
            <p className="font-medium text-sm">Search instead of the full list</p>
            <p className="text-faint text-xs leading-5">
              {offered
                ? "Tool scopes, switches and rules hold as before, and calls are logged under the tool that was used. Connected clients notice at once."
                : `Offered from ${SEARCH_MODE_FROM + 1} tools on. With ${tools === 1 ? "one" : formatCount(tools)}, the list is quicker: no search comes before a call.`}
            </p>
          </div>
          <span className="flex items-center gap-2">
            {pending && <Spinner />}
            <Switch
              checked={on}
              onCheckedChange={(searchMode) => submit({ searchMode })}
              label="Search instead of the full list"
              disabled={!offered || pending}
            />
          </span>
        </div>
        {tools > 0 && (
          <dl className="grid gap-px overflow-hidden rounded-lg border bg-line text-sm sm:grid-cols-2">
            <Cost name={`The list of ${plural(tools, "tool")}`} tokens={listTokens} now={!on} />
            <Cost name="Search mode" tokens={searchTokens} now={on} />
          </dl>
        )}
        {error && <Callout tone="bad">{error.message}</Callout>}
      </div>
    </SettingsCard>
  );
}

function Cost({ name, tokens, now }: { name: string; tokens: number; now: boolean }) {
  return (
    <div className="grid gap-0.5 bg-surface px-4 py-3">
      <dt className="text-faint text-xs">
        {name}
        {now && " (now)"}
      </dt>
      <dd className="text-soft">
        about <span className="font-medium text-ink tabular-nums">{formatCount(tokens)}</span> tokens
      </dd>
    </div>
  );
}
