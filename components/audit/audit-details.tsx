import { ListFilter } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/cn";
import { CopyId, Fact } from "@/components/ui/fact";
import { Time } from "@/components/ui/time";
import { paths } from "@/lib/paths";
import type { AuditView } from "@/lib/services/audit/view";
import { isFailure } from "./actor";
import { diffLines } from "./diff";

const LOOKS = {
  removed: { sign: "−", word: "removed: ", box: "bg-bad-soft text-bad" },
  added: { sign: "+", word: "added: ", box: "bg-good-soft text-good" },
  same: { sign: " ", word: "", box: "text-soft" },
};

interface DetailsProps {
  slug: string;
  event: AuditView;
  /** Buttons under the head. */
  actions?: ReactNode;
}

/** One change in full: who, from where, and before and after as text. */
export function AuditDetails({ slug, event, actions }: DetailsProps) {
  const failed = isFailure(event.action);
  const reason = failed && typeof event.after?.reason === "string" ? event.after.reason : null;
  const lines = failed ? [] : diffLines(event.before, event.after);
  const tries = typeof event.after?.triedBefore === "number" ? event.after.triedBefore : 0;
  return (
    <div className="grid gap-6">
      <div className="grid gap-1">
        <p className="flex flex-wrap items-center gap-2 font-medium font-mono text-sm">
          {event.action} {failed && <Badge tone="bad">failed</Badge>}
        </p>
        <p className="break-words text-soft text-sm">
          {event.targetName} <span className="text-faint">{event.targetType}</span>
        </p>
        {actions && <div className="flex flex-wrap gap-2 pt-2">{actions}</div>}
      </div>
      {failed ? (
        <Callout tone="warn" title={reason ?? "This was refused"}>
          {event.action === "session.failed"
            ? "Somebody tried this account with a wrong password. Nothing was changed."
            : "Nothing was changed."}
          {tries > 0 && ` It was tried ${tries} more times in the minutes before.`}
        </Callout>
      ) : lines.length > 0 ? (
        <ol aria-label="Before and after" className="overflow-hidden rounded-xl border font-mono text-[0.8125rem]">
          {lines.map(({ kind, text }) => (
            <li key={`${kind} ${text}`} className={cn("flex gap-3 px-4 py-1.5 leading-6", LOOKS[kind].box)}>
              <span aria-hidden className="w-2 shrink-0 select-none">
                {LOOKS[kind].sign}
              </span>
              <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">
                <span className="sr-only">{LOOKS[kind].word}</span>
                {text}
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <p className="text-faint text-sm">Nothing but the fact itself was recorded.</p>
      )}
      <dl className="grid gap-px overflow-hidden rounded-xl border bg-line text-sm">
        <Fact name="When">
          <Time at={event.time} />{" "}
          <span className="text-faint">{event.time.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</span>
        </Fact>
        <Fact name="Who">
          {event.action === "session.failed"
            ? "nobody signed in"
            : event.actorType === "system"
              ? "Aerostack itself"
              : (event.actorEmail ?? event.actorId)}
          {event.actorType === "api_key" && <span className="text-faint"> by API key</span>}
          {event.actorRole && <span className="text-faint"> as {event.actorRole}</span>}
        </Fact>
        {event.sourceIp && <Fact name="From">{event.sourceIp}</Fact>}
        {event.userAgent && <Fact name="With">{event.userAgent}</Fact>}
        <Fact name="In the chain">{event.seq === null ? "older than the chain" : `event ${event.seq}`}</Fact>
        <Fact name="Target">
          <CopyId of={event.targetId} label="target id" />
        </Fact>
        {event.requestId && (
          <Fact name="Request">
            <CopyId of={event.requestId} label="request id" />
          </Fact>
        )}
        <Fact name="Event">
          <CopyId of={event.id} label="event id" />
        </Fact>
      </dl>
      <div className="flex flex-wrap gap-x-5 gap-y-2 text-sm [&_a]:inline-flex [&_a]:items-center [&_a]:gap-1.5 [&_a]:rounded [&_a]:text-accent-text [&_a]:hover:underline [&_svg]:size-4">
        <Link href={`${paths.audit(slug)}?${new URLSearchParams({ target: event.targetId })}`}>
          <ListFilter aria-hidden /> All of this {event.targetType}
        </Link>
        {event.actorType !== "system" && (
          <Link
            href={`${paths.audit(slug)}?${new URLSearchParams({ actor: event.actorEmail ?? event.actorId ?? "" })}`}
          >
            <ListFilter aria-hidden /> All by this person
          </Link>
        )}
      </div>
    </div>
  );
}
