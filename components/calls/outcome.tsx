import { Ban, Check, CircleHelp, LoaderCircle, LogOut, type LucideIcon, TriangleAlert, X } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { CallView } from "@/lib/services/call/view";

/** The words for each outcome: on the badge, and a sentence for the drawer. */
export const OUTCOMES: Record<CallView["outcome"], { label: string; tone: Tone; icon: LucideIcon; meaning: string }> = {
  ok: { label: "OK", tone: "good", icon: Check, meaning: "The tool answered." },
  tool_error: {
    label: "Tool error",
    tone: "warn",
    icon: TriangleAlert,
    meaning: "The tool ran and reported an error.",
  },
  error: {
    label: "Failed",
    tone: "bad",
    icon: X,
    meaning: "The server could not be reached or gave no proper answer.",
  },
  denied: { label: "Refused", tone: "bad", icon: Ban, meaning: "Turned away here, before the server was touched." },
  client_closed: {
    label: "Cancelled",
    tone: "neutral",
    icon: LogOut,
    meaning: "The client left before the answer came.",
  },
  unknown: {
    label: "Unknown",
    tone: "neutral",
    icon: CircleHelp,
    meaning: "The gateway stopped in between; the server may have acted.",
  },
  pending: { label: "Running", tone: "accent", icon: LoaderCircle, meaning: "Sent to the server, no answer yet." },
};

/** Outcome by word and icon, so colour is never the only sign. */
export function OutcomeBadge({ outcome }: { outcome: CallView["outcome"] }) {
  const { label, tone, icon: Icon } = OUTCOMES[outcome];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className={cn(outcome === "pending" && "animate-spin")} /> {label}
    </Badge>
  );
}
