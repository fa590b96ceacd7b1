import { Eye } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { ToolScope } from "@/lib/access/tool-scope";
import { formatCount } from "@/lib/format";
import type { ServerTools } from "@/lib/services/tool/view";
import { countScope } from "./scope";

/** How much a scope leaves over, in a word: "all", or "12 of 34". */
export function ScopeBadge({ scope, servers }: { scope: ToolScope | null; servers: ServerTools[] }) {
  if (scope === null || (scope.servers === null && !scope.readOnly)) return <span className="text-soft">all</span>;
  const { sees, of } = countScope(scope, servers);
  return (
    <Badge tone={sees === 0 ? "warn" : "neutral"} className="tabular-nums">
      {scope.readOnly && <Eye aria-label="reading tools only," />} {formatCount(sees)} of {formatCount(of)}
    </Badge>
  );
}
