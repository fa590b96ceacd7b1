import { CircleHelp, Eye, FilePenLine, type LucideIcon, ShieldQuestion, Trash2 } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { ReviewState, ToolView } from "@/lib/services/tool/view";
import { kindOf, TOOL_KINDS, type ToolKind } from "./tool-kind";

const LOOK: Record<ToolKind, { tone: Tone; icon: LucideIcon }> = {
  read: { tone: "neutral", icon: Eye },
  write: { tone: "accent", icon: FilePenLine },
  destroy: { tone: "bad", icon: Trash2 },
  silent: { tone: "neutral", icon: CircleHelp },
};

interface BadgesProps {
  tool: Pick<ToolView, "readOnly" | "destructive" | "listed">;
  review?: ReviewState;
}

/** What a tool says of itself, and whether an admin has looked at its definition. */
export function ToolBadges({ tool, review }: BadgesProps) {
  const kind = kindOf(tool);
  const { tone, icon: Icon } = LOOK[kind];
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Badge tone={tone}>
        <Icon aria-hidden /> {TOOL_KINDS[kind]}
      </Badge>
      {!tool.listed && <Badge tone="warn">No longer listed</Badge>}
      {review !== undefined && review !== "reviewed" && (
        <Badge tone="warn">
          <ShieldQuestion aria-hidden /> {review === "new" ? "New" : "Changed"}
        </Badge>
      )}
    </span>
  );
}
