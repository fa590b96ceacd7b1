"use client";

import { ChartColumn, ListFilter } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy";
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
        <Row name="When">
          <Time at={call.time} />{" "}
          <span className="text-faint">{call.time.replace("T", " ").replace(/Z$/, " UTC")}</span>
        </Row>
        <Row name="Who">
          {call.actor}{" "}
          <span className="text-faint">{[call.actorEmail, call.actorRole].filter(Boolean).join(", ")}</span>
        </Row>
        <Row name={call.authMethod === "oauth" ? "Signed in" : "Token"}>
          {call.authMethod === "oauth" ? "by OAuth" : <code className="font-mono">{call.tokenPrefix}…</code>}
        </Row>
        <Row name="Client">{call.clientName ? `${call.clientName} ${call.clientVersion ?? ""}` : "not named"}</Row>
        <Row name="From">
          <span className="font-mono">{call.sourceIp ?? "unknown address"}</span>
          {call.userAgent && <span className="block text-faint text-xs">{call.userAgent}</span>}
        </Row>
        {call.toolKind && (
          <Row name="Kind of tool">
            <Badge tone={KINDS[call.toolKind].tone}>{KINDS[call.toolKind].label}</Badge>{" "}
            <span className="text-faint text-xs">by its own word</span>
          </Row>
        )}
        {call.errorClass && (
          <Row name="Error class">
            <code className="font-mono text-xs">{call.errorClass}</code>
          </Row>
        )}
        {call.errorCode !== null && <Row name="Error code">{call.errorCode}</Row>}
        {call.upstreamStatus !== null && <Row name="HTTP status">{call.upstreamStatus} from the server</Row>}
        <Row name="Size">
          {formatCount(call.requestBytes)} B sent
          {call.responseBytes !== null && `, ${formatCount(call.responseBytes)} B answered`}
        </Row>
        {call.secretsUsed && call.secretsUsed.length > 0 && (
          <Row name="Secrets">
            <span className="font-mono text-xs">{call.secretsUsed.join(", ")}</span>
          </Row>
        )}
        <Row name="Request id">
          <Id of={call.requestId} label="request id" />
        </Row>
        <Row name="Call id">
          <Id of={call.id} label="call id" />
        </Row>
        {call.sessionId && (
          <Row name="Session">
            <Id of={call.sessionId} label="session id" />
          </Row>
        )}
        {call.argsSha256 && (
          <Row name="Arguments">
            <Id of={call.argsSha256} label="SHA-256 of the arguments" />
          </Row>
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

function Id({ of, label }: { of: string; label: string }) {
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 truncate font-mono text-xs">{of}</code>
      <CopyButton text={of} label={`Copy ${label}`} />
    </span>
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
