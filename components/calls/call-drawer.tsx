"use client";

import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/lib/format";
import type { CallView } from "@/lib/services/call/view";
import { OUTCOMES, OutcomeBadge } from "./outcome";

/** One call in full. Arguments are not stored, so there are none to show. */
export function CallDrawer({ call, onClose }: { call: CallView | null; onClose(): void }) {
  return (
    <Dialog open={call !== null} onOpenChange={(open) => !open && onClose()} title="Call" kind="drawer">
      {call && <CallDetails call={call} />}
    </Dialog>
  );
}

function CallDetails({ call }: { call: CallView }) {
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        <p className="break-all font-medium font-mono text-sm">{call.qualifiedName}</p>
        <p className="flex flex-wrap items-center gap-2.5 text-soft text-sm">
          <OutcomeBadge outcome={call.outcome} /> {OUTCOMES[call.outcome].meaning}
        </p>
      </div>
      {call.durationMs !== null && <Timing total={call.durationMs} upstream={call.upstreamMs} />}
      <dl className="grid gap-px overflow-hidden rounded-xl border bg-line text-sm">
        <Row name="When">
          <Time at={call.time} />{" "}
          <span className="text-faint">{call.time.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</span>
        </Row>
        <Row name="Who">
          {call.actor} {call.actorEmail && <span className="text-faint">{call.actorEmail}</span>}
        </Row>
        <Row name="Token">
          <code className="font-mono">{call.tokenPrefix}…</code>
        </Row>
        <Row name="Client">{call.clientName ? `${call.clientName} ${call.clientVersion ?? ""}` : "not named"}</Row>
        {call.errorClass && <Row name="Error class">{call.errorClass}</Row>}
        {call.errorCode !== null && <Row name="Error code">{call.errorCode}</Row>}
        <Row name="Request id">
          <span className="flex items-center gap-1">
            <code className="min-w-0 truncate font-mono text-xs">{call.requestId}</code>
            <CopyButton text={call.requestId} label="Copy request id" />
          </span>
        </Row>
        <Row name="Call id">
          <span className="flex items-center gap-1">
            <code className="min-w-0 truncate font-mono text-xs">{call.id}</code>
            <CopyButton text={call.id} label="Copy call id" />
          </span>
        </Row>
      </dl>
      <p className="text-faint text-xs leading-5">
        Arguments and answers are not kept; only that the call was made, by whom, and how it went.
      </p>
    </div>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-3 bg-surface px-4 py-2.5">
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

/** How the duration splits between the server and the gateway. */
function Timing({ total, upstream }: { total: number; upstream: number | null }) {
  const server = Math.min(upstream ?? 0, total);
  const share = total > 0 ? (server / total) * 100 : 0;
  return (
    <div className="grid gap-2">
      <p className="flex items-baseline justify-between text-sm">
        <span className="font-medium">Took {formatDuration(total)}</span>
        <span className="text-faint text-xs">{upstream === null ? "the server was not reached" : ""}</span>
      </p>
      <div aria-hidden className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-muted">
        {upstream !== null && <span className="rounded-l-full bg-accent" style={{ width: `${share}%` }} />}
        <span className="flex-1 rounded-r-full bg-line-strong" />
      </div>
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-soft text-xs">
        {upstream !== null && <Share color="bg-accent" name="Server" ms={server} />}
        <Share color="bg-line-strong" name="Gateway" ms={total - server} />
      </dl>
    </div>
  );
}

function Share({ color, name, ms }: { color: string; name: string; ms: number }) {
  return (
    <div className="flex items-center gap-1.5">
      <span aria-hidden className={`size-2 rounded-full ${color}`} />
      <dt>{name}</dt>
      <dd className="text-ink tabular-nums">{formatDuration(ms)}</dd>
    </div>
  );
}
