import { CircleCheck, CircleOff, KeyRound, PencilRuler, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { ServerView } from "@/lib/services/server/view";

export const TRANSPORT_LABEL: Record<ServerView["transport"], string> = {
  "streamable-http": "Streamable HTTP",
  sse: "HTTP + SSE",
};

/** How a server is reached, in words. */
export const reachedBy = ({ kind, transport }: Pick<ServerView, "kind" | "transport">): string =>
  kind === "hosted" ? "Hosted here" : TRANSPORT_LABEL[transport];

const STATUS = {
  up: { label: "Up", tone: "good", icon: CircleCheck },
  problem: { label: "Problem", tone: "bad", icon: TriangleAlert },
  needs_secret: { label: "Needs a secret", tone: "warn", icon: KeyRound },
  off: { label: "Off", tone: "neutral", icon: CircleOff },
  draft: { label: "Not deployed", tone: "neutral", icon: PencilRuler },
} as const;

/** How a server is, by word and icon. */
export function ServerStatus({ server: { status, kind } }: { server: Pick<ServerView, "status" | "kind"> }) {
  // The only problem that a hosted server has by itself is that nothing of it answers yet.
  const { label, tone, icon: Icon } = STATUS[kind === "hosted" && status === "problem" ? "draft" : status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden /> {label}
    </Badge>
  );
}
