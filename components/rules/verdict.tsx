import { Ban, Check } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import type { RuleTestView } from "@/lib/services/rule/view";
import { Sentence } from "./sentence";

/** Allowed, or refused with the words that the caller would read. */
export function Verdict({ allowed, message, note }: { allowed: boolean; message: string | null; note?: string }) {
  const Icon = allowed ? Check : Ban;
  return (
    <p role="status" className={cn("flex items-start gap-2 text-sm leading-6", allowed ? "text-good" : "text-bad")}>
      <Icon aria-hidden className="mt-1 size-4 shrink-0" />
      <span className="min-w-0 break-words">
        <span className="font-medium">{allowed ? "Allowed" : "Refused"}</span>
        {note && <span className="text-faint"> {note}</span>}
        {message && (
          <span className="block text-soft">
            <Sentence text={message} />
          </span>
        )}
      </span>
    </p>
  );
}

/** One call that was made, with what the rule would have done. */
export function PastCall({ call }: { call: RuleTestView["calls"][number] }) {
  return (
    <li className="grid gap-1 border-b px-3.5 py-2.5 last:border-b-0">
      <p className="flex justify-between gap-3 text-xs">
        <span className="min-w-0 truncate text-soft">
          {call.actor} <span className="text-faint">{call.role}</span>
        </span>
        <Time at={call.time} className="shrink-0 text-faint" />
      </p>
      <code className="line-clamp-2 break-all font-mono text-xs" title={call.arguments.slice(0, 2_000)}>
        {call.arguments.slice(0, 500)}
      </code>
      <Verdict
        allowed={call.allowed}
        message={call.message}
        note={call.concerned ? undefined : "(the rule is not for them)"}
      />
    </li>
  );
}
