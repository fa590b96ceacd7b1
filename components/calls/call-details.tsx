"use client";

import { ChartColumn, ListFilter } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { CopyId, Fact } from "@/components/ui/fact";
import { Tabs } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { CallDetailView } from "@/lib/services/call/view";
import { errorHelp } from "./error-help";
import { OUTCOMES, OutcomeBadge } from "./outcome";
import { Timing } from "./timing";

interface DetailsProps {
  slug: string;
  call: CallDetailView;
  /** Buttons under the head. */
  actions: ReactNode;
  /** Null for readers who may not open payloads. */
  payload: ReactNode | null;
}

const KINDS = {
  read: { label: "Reads", tone: "neutral" },
  write: { label: "Writes", tone: "accent" },
  destructive: { label: "May destroy", tone: "bad" },
} as const;

/** Everything that is known of one call. */
export function CallDetails({ slug, call, actions, payload }: DetailsProps) {
  const help = errorHelp(call.errorClass, { slug, server: call.server });
  const details = <Details slug={slug} call={call} />;
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid gap-2.5">
        <p className="break-all font-medium font-mono text-sm">{call.qualifiedName}</p>
        <p className="flex flex-wrap items-center gap-2.5 text-soft text-sm">
          <OutcomeBadge outcome={call.outcome} /> {OUTCOMES[call.outcome].meaning}
        </p>
        <div className="flex flex-wrap gap-2 pt-1">{actions}</div>
      </div>
      {call.errorClass && (
        <Callout
          tone="warn"
          title={help?.title ?? `Class of error: ${call.errorClass}`}
          action={
            help?.link && (
              <Link href={help.link.href} className="shrink-0 rounded font-medium underline underline-offset-2">
                {help.link.title}
              </Link>
            )
          }
        >
          {help?.next}
        </Callout>
      )}
      {call.durationMs !== null && <Timing total={call.durationMs} upstream={call.upstreamMs} before={call.beforeMs} />}
      {payload ? (
        <Tabs
          label="Call"
          tabs={[
            { value: "details", title: "Details", content: details },
            { value: "payload", title: "Payload", content: payload },
          ]}
        />
      ) : (
        details
      )}
    </div>
  );
}

function Details({ slug, call }: { slug: string; call: CallDetailView }) {
  const search = new URLSearchParams({ server: call.server, tool: call.tool });
  return (
    <div className="grid gap-5">
      <dl className="grid gap-px overflow-hidden rounded-xl border bg-line text-sm">
        <Fact name="When">
          <Time at={call.time} />{" "}
          <span className="text-faint">{call.time.replace("T", " ").replace(/Z$/, " UTC")}</span>
        </Fact>
        <Fact name="Who">
          {call.actor}{" "}
          <span className="text-faint">{[call.actorEmail, call.actorRole].filter(Boolean).join(", ")}</span>
        </Fact>
        <Fact name={call.authMethod === "oauth" ? "Signed in" : "Token"}>
          {call.authMethod === "oauth" ? "by OAuth" : <code className="font-mono">{call.tokenPrefix}…</code>}
        </Fact>
        <Fact name="Client">{call.clientName ? `${call.clientName} ${call.clientVersion ?? ""}` : "not named"}</Fact>
        <Fact name="From">
          <span className="font-mono">{call.sourceIp ?? "unknown address"}</span>
          {call.userAgent && <span className="block text-faint text-xs">{call.userAgent}</span>}
        </Fact>
        {call.method !== "tools/call" && (
          <Fact name="Method">
            <code className="font-mono text-xs">{call.method}</code>
          </Fact>
        )}
        {call.toolKind && (
          <Fact name="Kind of tool">
            <Badge tone={KINDS[call.toolKind].tone}>{KINDS[call.toolKind].label}</Badge>{" "}
            <span className="text-faint text-xs">by its own word</span>
          </Fact>
        )}
        {call.errorClass && (
          <Fact name="Error class">
            <code className="font-mono text-xs">{call.errorClass}</code>
          </Fact>
        )}
        {call.errorCode !== null && <Fact name="Error code">{call.errorCode}</Fact>}
        {call.upstreamStatus !== null && <Fact name="HTTP status">{call.upstreamStatus} from the server</Fact>}
        <Fact name="Size">
          {formatCount(call.requestBytes)} B sent
          {call.responseBytes !== null && `, ${formatCount(call.responseBytes)} B answered`}
        </Fact>
        {call.secretsUsed && call.secretsUsed.length > 0 && (
          <Fact name="Secrets">
            <span className="font-mono text-xs">{call.secretsUsed.join(", ")}</span>
          </Fact>
        )}
        <Fact name="Request id">
          <CopyId of={call.requestId} label="request id" />
        </Fact>
        <Fact name="Call id">
          <CopyId of={call.id} label="call id" />
        </Fact>
        {call.sessionId && (
          <Fact name="Session">
            <CopyId of={call.sessionId} label="session id" />
          </Fact>
        )}
        {call.argsSha256 && (
          <Fact name="Arguments">
            <CopyId of={call.argsSha256} label="SHA-256 of the arguments" />
          </Fact>
        )}
      </dl>
      <div className="flex flex-wrap gap-x-5 gap-y-2 text-sm [&_a]:inline-flex [&_a]:items-center [&_a]:gap-1.5 [&_a]:rounded [&_a]:text-accent-text [&_a]:hover:underline [&_svg]:size-4">
        {call.server && (
          <Link href={`${paths.analytics(slug)}?${search}`}>
            <ChartColumn aria-hidden /> Analytics of this tool
          </Link>
        )}
        <Link href={`${paths.calls(slug)}?${search}`}>
          <ListFilter aria-hidden /> Its other calls
        </Link>
      </div>
    </div>
  );
}
