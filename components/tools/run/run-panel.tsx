"use client";

import { Play, Square } from "lucide-react";
import { useState } from "react";
import { curlOf } from "@/components/calls/curl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/cn";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { ToolDetail } from "@/lib/services/tool/view";
import { Fields } from "../form/node-field";
import { type Arguments, checkForm, checkJson } from "../schema/check";
import { draftFrom, emptyDraft } from "../schema/draft";
import type { Draft, Fault } from "../schema/node";
import { readSchema } from "../schema/read-schema";
import { ToolBadges } from "../tool-badges";
import { RUN_OUTCOMES, RunResult } from "./run-result";
import { type Run, type RunHost, useRun } from "./use-run";

interface PanelProps {
  tool: ToolDetail;
  host: RunHost;
  /** Why running is not possible; null where it is. */
  refusal: string | null;
  callHref(call: string): string;
}

/** A form made from the tool's own schema, the run by the gateway, and what came of it. */
export function RunPanel({ tool, host, refusal, callHref }: PanelProps) {
  const [node] = useState(() => readSchema(tool.inputSchema));
  const [draft, setDraft] = useState<Draft>(() => (node ? emptyDraft(node) : ""));
  const [json, setJson] = useState<string | null>(node ? null : "{}");
  const [faults, setFaults] = useState<Fault[]>([]);
  const [note, setNote] = useState<string | null>(null);
  const [asking, setAsking] = useState<Arguments | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  const { run, cancel, running, runs } = useRun(host);
  const at = new Map(faults.map((fault) => [fault.at, fault.message]));
  const current = runs.find(({ id }) => id === shown) ?? runs[0];

  function start() {
    const checked =
      json === null && node ? checkForm(node, draft, tool.inputSchema) : checkJson(json ?? "", tool.inputSchema);
    setFaults(checked.ok ? [] : checked.faults);
    if (!checked.ok) return;
    if (tool.destructive && !tool.readOnly) setAsking(checked.value);
    else go(checked.value);
  }
  function go(args: Arguments) {
    setShown(null);
    void run(tool.qualifiedName, args);
  }
  function toJson() {
    if (!node) return;
    const checked = checkForm(node, draft, null);
    setJson(JSON.stringify(checked.ok ? checked.value : {}, null, 2));
    setFaults([]);
    setNote(checked.ok ? null : "Some fields were not filled in yet; they are not in the JSON.");
  }
  function toForm() {
    const checked = checkJson(json ?? "", null);
    const next = node && checked.ok ? draftFrom(node, checked.value) : undefined;
    if (next === undefined) {
      setFaults(checked.ok ? [] : checked.faults);
      if (checked.ok) setNote("The form has no place for some of this, so it stays JSON.");
      return;
    }
    setDraft(next);
    setJson(null);
    setFaults([]);
    setNote(null);
  }
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
      <form
        noValidate
        aria-label={`Arguments of ${tool.qualifiedName}`}
        className="grid min-w-0 grid-cols-1 gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!running) start();
        }}
      >
        <div className="grid gap-2">
          <ToolBadges tool={tool} />
          {tool.description && (
            <p className="max-h-40 overflow-y-auto whitespace-pre-line break-words text-soft text-sm leading-6">
              {tool.description}
            </p>
          )}
        </div>
        {json === null && node?.kind === "object" ? (
          node.fields.length === 0 ? (
            <p className="text-faint text-sm">This tool takes no arguments.</p>
          ) : (
            <Fields
              node={node}
              name=""
              required
              draft={draft}
              pointer=""
              faults={at}
              onChange={(next) => setDraft(next ?? { fields: {} })}
            />
          )
        ) : (
          <Field label="Arguments" aside="JSON" error={faults.map(faultText).join(" ") || undefined}>
            <Textarea
              mono
              rows={8}
              spellCheck={false}
              value={json ?? ""}
              onChange={(event) => setJson(event.target.value)}
            />
          </Field>
        )}
        {note && <Callout>{note}</Callout>}
        {json === null && <Elsewhere faults={faults} />}
        {refusal && <Callout tone="warn">{refusal}</Callout>}
        <div className="flex flex-wrap items-center gap-2">
          {/* Keys, so that they are two buttons: pressed, the one must not turn into the other and submit. */}
          {running ? (
            <Button key="cancel" variant="secondary" onClick={cancel}>
              <Square aria-hidden /> Cancel
            </Button>
          ) : (
            <Button key="run" type="submit" disabled={refusal !== null}>
              <Play aria-hidden /> Run
            </Button>
          )}
          {node && node.kind === "object" && node.fields.length > 0 && (
            <Button variant="ghost" size="sm" onClick={json === null ? toJson : toForm}>
              {json === null ? "As JSON" : "As a form"}
            </Button>
          )}
        </div>
        <p className="text-faint text-xs leading-5">
          The call goes through the gateway like any client's, with a token of your own that lives for an hour in this
          tab alone. It stands in the log under your name.
        </p>
      </form>
      <div className="grid min-w-0 grid-cols-1 gap-6" aria-live="polite">
        {running ? (
          <Running progress={running.progress} />
        ) : current ? (
          <RunResult
            run={current}
            callHref={current.call && callHref(current.call)}
            curl={curlOf({
              mcpUrl: paths.gatewayMcp(window.location.origin, host.slug),
              name: current.tool,
              args: JSON.stringify(current.args),
            })}
          />
        ) : (
          <p className="grid min-h-40 place-items-center rounded-xl border border-dashed p-6 text-center text-faint text-sm">
            The answer appears here.
          </p>
        )}
        {runs.length > 1 && <History runs={runs} shown={current?.id ?? null} onShow={setShown} />}
      </div>
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => !open && setAsking(null)}
        title={`Run ${tool.qualifiedName}?`}
        confirm="Run it"
        onConfirm={async () => ({ ok: true, data: null })}
        onDone={() => asking && go(asking)}
      >
        Its server says that this tool may destroy something. The run is real: it acts with the workspace's credentials.
      </ConfirmDialog>
    </div>
  );
}

const faultText = ({ at, message }: Fault): string => (at === "" ? message : `${at.slice(1)}: ${message}`);

/** Faults of places that have no field of their own. */
function Elsewhere({ faults }: { faults: Fault[] }) {
  const whole = faults.filter(({ at }) => at === "");
  const others = faults.length - whole.length;
  if (faults.length === 0) return null;
  return (
    <Callout tone="bad">
      {whole.map(({ message }) => message).join(" ")}
      {others > 0 && ` ${others === 1 ? "One field needs" : `${others} fields need`} another look.`}
    </Callout>
  );
}

function Running({
  progress,
}: {
  progress: { progress: number; total: number | null; message: string | null } | null;
}) {
  const part = progress?.total ? progress.progress / progress.total : null;
  return (
    <div className="grid gap-3 rounded-xl border px-5 py-6">
      <p className="font-medium text-sm">Running…</p>
      <Progress label="Progress of the call" value={part} />
      <p className="text-faint text-sm tabular-nums">
        {progress
          ? `${progress.message ?? "The tool says how far it is:"} ${progress.progress}${progress.total ? ` of ${progress.total}` : ""}`
          : "Waiting for the answer."}
      </p>
    </div>
  );
}

function History({ runs, shown, onShow }: { runs: Run[]; shown: number | null; onShow(id: number): void }) {
  return (
    <section className="grid gap-2">
      <h3 className="font-medium text-sm">Runs on this page</h3>
      <ul className="grid gap-1">
        {runs.map((run) => {
          const { label, tone, icon: Icon } = RUN_OUTCOMES[run.outcome];
          return (
            <li key={run.id}>
              <button
                type="button"
                aria-pressed={run.id === shown}
                onClick={() => onShow(run.id)}
                className={cn(
                  "flex w-full items-center gap-3 rounded-lg border px-3 py-2 text-left text-sm hover:bg-muted",
                  run.id === shown && "border-accent bg-accent-soft/50",
                )}
              >
                <Badge tone={tone}>
                  <Icon aria-hidden /> <span className="sr-only">{label}</span>
                </Badge>
                <code className="min-w-0 flex-1 truncate font-mono text-soft text-xs">{JSON.stringify(run.args)}</code>
                <span className="text-faint text-xs tabular-nums">{formatDuration(run.ms)}</span>
                <span className="text-faint text-xs max-sm:hidden">
                  <Time at={run.at} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
