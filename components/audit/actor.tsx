import { Cog, KeyRound, UserRoundX } from "lucide-react";
import type { AuditView } from "@/lib/services/audit/view";

/** Who acted: a person, an API key of theirs, the product, or somebody who did not get in. */
export function Actor({ event: { actorType, actorEmail, actorId, action } }: { event: AuditView }) {
  if (action === "session.failed")
    return (
      <span className="flex items-center gap-2 text-soft">
        <UserRoundX aria-hidden className="size-4 text-faint" /> Not signed in
      </span>
    );
  if (actorType === "system")
    return (
      <span className="flex items-center gap-2 text-soft">
        <Cog aria-hidden className="size-4 text-faint" /> Aerostack
      </span>
    );
  return (
    <span className="flex items-center gap-2">
      <span className="truncate">{actorEmail ?? actorId}</span>
      {actorType === "api_key" && <KeyRound aria-label="by API key" className="size-3.5 shrink-0 text-faint" />}
    </span>
  );
}

/** Whether the event is an attempt that failed. */
export const isFailure = (action: string): boolean => /\.(?:failed|denied)$/.test(action);
