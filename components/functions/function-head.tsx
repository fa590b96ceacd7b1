"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { EnabledSwitch } from "@/components/servers/enabled-switch";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Monogram } from "@/components/ui/monogram";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { ReleaseFunctionInput } from "@/lib/services/function/schemas";
import type { FunctionDetail, LogsView } from "@/lib/services/function/view";
import type { SetServerEnabledInput } from "@/lib/services/server/schemas";
import type { ServerView } from "@/lib/services/server/view";
import { EngineNotice } from "./engine-notice";
import { FunctionState } from "./function-state";

interface HeadProps {
  slug: string;
  detail: FunctionDetail;
  onToggle: Action<SetServerEnabledInput, ServerView>;
  onRelease: Action<ReleaseFunctionInput, LogsView>;
  onTab(tab: "settings"): void;
  /** Another part of the page says which secrets are missing. */
  saidMissing: boolean;
}

/** Head of a function's page: what it is, how it is, and what stands in its way. */
export function FunctionHead({ slug, detail, onToggle, onRelease, onTab, saidMissing }: HeadProps) {
  const missing = detail.missingSecrets;
  return (
    <header className="mb-6 grid gap-4">
      <Link
        href={paths.functions(slug)}
        className="inline-flex w-fit items-center gap-1.5 rounded text-soft text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-3.5" /> Functions
      </Link>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-4">
        <Monogram name={detail.slug} className="size-12 rounded-xl text-sm" />
        <div className="grid min-w-48 flex-1 basis-48 gap-1">
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="min-w-0 break-words font-semibold text-2xl">{detail.name}</h1>
            <FunctionState state={detail.state} />
          </div>
          <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-soft text-sm">
            <span className="font-mono text-[0.8125rem] text-faint">{detail.slug}</span>
            {detail.version !== null && detail.deployedAt && (
              <span>
                version {detail.version}, deployed <Time at={detail.deployedAt} />
              </span>
            )}
            {detail.version !== null && (
              <Link
                href={paths.server(slug, detail.slug)}
                className="rounded underline decoration-line-strong underline-offset-4"
              >
                {plural(detail.tools, "tool")}
              </Link>
            )}
          </p>
        </div>
        {detail.version !== null && (
          <div className="flex items-center gap-2 text-soft text-sm">
            <span aria-hidden>{detail.enabled ? "On" : "Off"}</span>
            <EnabledSwitch
              enabled={detail.enabled}
              label={`Function ${detail.name}`}
              onToggle={(enabled) => onToggle({ server: detail.slug, enabled })}
            />
          </div>
        )}
      </div>
      <EngineNotice engine={detail.engine} />
      {detail.pausedUntil && <Paused detail={detail} until={detail.pausedUntil} onRelease={onRelease} />}
      {detail.version !== null && missing.length > 0 && !saidMissing && (
        <Callout
          tone="warn"
          action={
            <Button size="sm" variant="secondary" onClick={() => onTab("settings")}>
              Set {missing.length === 1 ? "it" : "them"}
            </Button>
          }
        >
          {plural(missing.length, "secret waits", "secrets wait")} for a value:{" "}
          <span className="break-words font-mono text-xs">{missing.join(", ")}</span>. Calls are refused until then.
        </Callout>
      )}
    </header>
  );
}

function Paused({
  detail,
  until,
  onRelease,
}: {
  detail: FunctionDetail;
  until: string;
  onRelease: HeadProps["onRelease"];
}) {
  const { submit, pending, error } = useSubmit(onRelease, () => toast.success("It answers again"));
  return (
    <Callout
      tone="bad"
      title="Paused after it crashed repeatedly"
      action={
        <Button size="sm" variant="secondary" pending={pending} onClick={() => submit({ function: detail.slug })}>
          Run it again
        </Button>
      }
    >
      It froze or used too much memory, so its calls are refused until it is tried again <Time at={until} />. The log
      says what happened; a new version is not paused.
      {error && <p className="font-medium">{error.message}</p>}
    </Callout>
  );
}
