import { BadgeCheck, CircleCheck, CircleHelp, Eye, KeyRound, LogIn, Zap } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { ListingView } from "@/lib/services/listing/view";
import { needsLabel } from "./needs";

const NEEDS: Record<ListingView["needs"], { tone: Tone; icon: typeof Zap }> = {
  nothing: { tone: "good", icon: Zap },
  secret: { tone: "accent", icon: KeyRound },
  oauth: { tone: "neutral", icon: LogIn },
};

/** What must be at hand before it works. */
export function NeedsBadge({ listing }: { listing: Pick<ListingView, "needs" | "secretCount"> }) {
  const { tone, icon: Icon } = NEEDS[listing.needs];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden /> {needsLabel(listing)}
    </Badge>
  );
}

/** It is in this workspace already. */
export function InstalledBadge({ count }: { count: number }) {
  return (
    <Badge tone="good">
      <CircleCheck aria-hidden /> Installed{count > 1 && ` ×${count}`}
    </Badge>
  );
}

/** It has an address that only reads. */
export function ReadOnlyBadge() {
  return (
    <Badge>
      <Eye aria-hidden /> Read-only
    </Badge>
  );
}

/** Nobody confirmed its address or credential. */
export function DoubtBadge() {
  return (
    <Badge tone="warn">
      <CircleHelp aria-hidden /> Not verified
    </Badge>
  );
}

/** Run by the vendor itself; a small mark behind the name. */
export function OfficialMark() {
  return (
    <span title="Run by the vendor" className="inline-flex shrink-0">
      <BadgeCheck aria-hidden className="size-4 text-accent-text" />
      <span className="sr-only">, run by the vendor</span>
    </span>
  );
}
