import { CircleCheck, CircleOff, CirclePause, KeyRound, PencilRuler } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { FunctionView } from "@/lib/services/function/view";

const STATE = {
  draft: { label: "Not deployed", tone: "neutral", icon: PencilRuler },
  off: { label: "Off", tone: "neutral", icon: CircleOff },
  paused: { label: "Paused", tone: "bad", icon: CirclePause },
  needs_secret: { label: "Needs a secret", tone: "warn", icon: KeyRound },
  live: { label: "Live", tone: "good", icon: CircleCheck },
} as const;

/** How a function is, by word and icon. */
export function FunctionState({ state }: { state: FunctionView["state"] }) {
  const { label, tone, icon: Icon } = STATE[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden /> {label}
    </Badge>
  );
}
