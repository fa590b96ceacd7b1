"use client";

import { FunctionSquare, RefreshCw } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { BrandIcon } from "@/components/ui/brand-icon";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type { RefreshToolsInput, SetServerEnabledInput } from "@/lib/services/server/schemas";
import type { ServerDetail, ServerSaved, ServerView } from "@/lib/services/server/view";
import { EnabledSwitch } from "./enabled-switch";
import { reachedBy, ServerStatus } from "./server-status";

interface SummaryProps {
  server: ServerDetail;
  canManage: boolean;
  /** Where a hosted server's code is; null for servers that run elsewhere. */
  functionHref: string | null;
  onToggle: Action<SetServerEnabledInput, ServerView>;
  onRefresh: Action<RefreshToolsInput, ServerSaved>;
}

/** Head of a server's page: what it is, how it is, and its two main levers. */
export function ServerSummary({ server, canManage, functionHref, onToggle, onRefresh }: SummaryProps) {
  const [changes, setChanges] = useState<ServerSaved["changes"] | null>(null);
  const { submit, pending, error } = useSubmit(onRefresh, ({ probe, changes }) => {
    if (probe && !probe.ok)
      return void toast.error("The test failed", { description: probe.message, duration: 15_000 });
    const any = changes.added.length + changes.removed.length + changes.changed.length > 0;
    setChanges(any ? changes : null);
    toast.success(any ? "Tested: its tools have changed" : "Tested: nothing has changed");
  });
  return (
    <header className="mb-7 grid gap-4">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-4">
        <BrandIcon icon={server.icon} name={server.slug} className="size-12 rounded-xl text-sm" />
        <div className="grid min-w-48 flex-1 basis-48 gap-1">
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="min-w-0 break-words font-semibold text-2xl">{server.name}</h1>
            <ServerStatus server={server} />
          </div>
          <p className="truncate font-mono text-[0.8125rem] text-faint">{server.url || server.slug}</p>
        </div>
        {canManage && (
          <div className="flex items-center gap-4 max-sm:w-full max-sm:justify-between">
            <div className="flex items-center gap-2 text-soft text-sm">
              <span aria-hidden>{server.enabled ? "On" : "Off"}</span>
              <EnabledSwitch
                enabled={server.enabled}
                label={`Server ${server.name}`}
                onToggle={(enabled) => onToggle({ server: server.slug, enabled })}
              />
            </div>
            {functionHref ? (
              <Button asChild variant="secondary">
                <Link href={functionHref}>
                  <FunctionSquare aria-hidden /> Open function
                </Link>
              </Button>
            ) : (
              <Button variant="secondary" pending={pending} onClick={() => submit({ server: server.slug })}>
                {!pending && <RefreshCw aria-hidden />} Test and refresh
              </Button>
            )}
          </div>
        )}
      </div>
      <p className="flex flex-wrap gap-x-5 gap-y-1 text-soft text-sm">
        <span>{reachedBy(server)}</span>
        {server.protocolVersion && <span>MCP {server.protocolVersion}</span>}
        {server.serverName && (
          <span className="break-words">
            calls itself {server.serverName} {server.serverVersion}
          </span>
        )}
        {server.kind !== "hosted" && (
          <span>
            {server.probedAt ? (
              <>
                tested <Time at={server.probedAt} />
              </>
            ) : (
              "never tested"
            )}
          </span>
        )}
      </p>
      {server.problem && server.kind !== "hosted" && (
        <Callout tone="bad" title="The last test failed">
          {server.problem}
        </Callout>
      )}
      {error && <Callout tone="bad">{error.message}</Callout>}
      {changes && <Changes {...changes} />}
    </header>
  );
}

/** What the test at hand changed, name by name. */
function Changes({ added, removed, changed }: ServerSaved["changes"]) {
  const parts = [
    { word: "added", sign: "+", names: added, look: "text-good" },
    { word: "removed", sign: "−", names: removed, look: "text-bad" },
    { word: "described otherwise", sign: "~", names: changed, look: "text-warn" },
  ].filter(({ names }) => names.length > 0);
  return (
    <Callout title="The tools have changed">
      <ul className="mt-1 grid gap-1">
        {parts.map(({ word, sign, names, look }) => (
          <li key={word} className="break-words">
            <span className={look}>
              {sign} {plural(names.length, "tool")} {word}:
            </span>{" "}
            <span className="font-mono text-[0.8125rem]">{names.slice(0, 20).join(", ")}</span>
            {names.length > 20 && ` and ${names.length - 20} more`}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
