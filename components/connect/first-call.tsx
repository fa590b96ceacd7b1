import { CircleCheck } from "lucide-react";
import { OUTCOMES, OutcomeBadge } from "@/components/calls/outcome";
import { Dot } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/lib/format";
import type { CallView } from "@/lib/services/call/view";

interface FirstCallProps {
  /** The newest call since the page was opened; null: none yet. */
  call: CallView | null;
  /** Nothing came for a while: say what may be wrong. */
  slow: boolean;
}

/** The light that turns on when a call has come through. */
export function FirstCall({ call, slow }: FirstCallProps) {
  return (
    <Card className="p-5">
      <div role="status" className="grid justify-items-start gap-3">
        {call ? (
          <Arrived call={call} />
        ) : (
          <>
            <p className="flex items-center gap-3 font-medium text-sm">
              <Dot tone="accent" live className="ml-1 size-2.5" /> Waiting for your first call
            </p>
            <p className="text-soft text-sm leading-6">
              Ask your assistant to use a tool. This light turns green by itself.
            </p>
          </>
        )}
      </div>
      {!call && slow && (
        <div className="mt-4 grid gap-2 border-t pt-4 text-soft text-sm leading-6">
          <p className="font-medium text-ink">Nothing yet? Most often it is one of these:</p>
          <ul className="grid list-inside list-disc gap-1 marker:text-faint">
            <li>The client reads its file only at start: restart it.</li>
            <li>The token in the file is still the placeholder.</li>
            <li>The environment variable is not set where the client runs.</li>
            <li>No server of this workspace is on.</li>
          </ul>
        </div>
      )}
    </Card>
  );
}

function Arrived({ call }: { call: CallView }) {
  const ok = call.outcome === "ok";
  return (
    <>
      <p className={cn("flex items-center gap-2.5 font-medium text-sm", ok && "text-good")}>
        <CircleCheck aria-hidden className="size-5" /> {ok ? "It works" : "Your call arrived"}
      </p>
      <p className="text-soft text-sm leading-6">
        <span className="font-medium text-ink">{call.actor}</span> called{" "}
        <code className="break-all font-mono text-[0.8125rem] text-ink">{call.qualifiedName}</code> in{" "}
        {formatDuration(call.durationMs)}.{!ok && ` ${OUTCOMES[call.outcome].meaning}`}
      </p>
      <OutcomeBadge outcome={call.outcome} />
    </>
  );
}
