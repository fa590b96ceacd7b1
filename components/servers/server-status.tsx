import { CircleCheck, CircleOff, KeyRound, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { ServerView } from "@/lib/services/server/view";

export const TRANSPORT_LABEL: Record<ServerView["transport"], string> = {
  "streamable-http": "Streamable HTTP",
  sse: "HTTP + SSE",
};

const STATUS = {
  up: { label: "Up", tone: "good", icon: CircleCheck },
  problem: { label: "Problem", tone: "bad", icon: TriangleAlert },
  needs_secret: { label: "Needs a secret", tone: "warn", icon: KeyRound },
  off: { label: "Off", tone: "neutral", icon: CircleOff },
} as const;

/** How a server is, by word and icon. */
export function ServerStatus({ status }: { status: ServerView["status"] }) {
  const { label, tone, icon: Icon } = STATUS[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden /> {label}
    </Badge>
  );
}
