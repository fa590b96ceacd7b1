import { CircleHelp, Eye, FilePenLine, type LucideIcon, ShieldAlert, ShieldQuestion, Trash2 } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { ReviewState, ToolView, ToolWarning } from "@/lib/services/tool/view";
import { kindOf, TOOL_KINDS, type ToolKind } from "./tool-kind";

const LOOK: Record<ToolKind, { tone: Tone; icon: LucideIcon }> = {
  read: { tone: "neutral", icon: Eye },
  write: { tone: "accent", icon: FilePenLine },
  destroy: { tone: "bad", icon: Trash2 },
  silent: { tone: "neutral", icon: CircleHelp },
};

/** What a person should look for; the words themselves stand beside it. */
const WARNINGS: Record<ToolWarning, string> = {
  odd_characters: "Characters that cannot be seen, or look like others",
  instructions: "Orders to the model, or files that are none of its business",
  names_other_tool: "Speaks about another server's tools",
};

interface BadgesProps {
  tool: Pick<ToolView, "readOnly" | "destructive" | "listed" | "warnings">;
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
      {tool.warnings.map((warning) => (
        <Badge key={warning} tone="bad">
          <ShieldAlert aria-hidden /> {WARNINGS[warning]}
        </Badge>
      ))}
      {review !== undefined && review !== "reviewed" && (
        <Badge tone="warn">
          <ShieldQuestion aria-hidden /> {review === "new" ? "New" : "Changed"}
        </Badge>
      )}
    </span>
  );
}
