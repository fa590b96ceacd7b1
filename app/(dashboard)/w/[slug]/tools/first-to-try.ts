import type { WorkspaceTool } from "@/lib/services/tool/view";

/** The tool that is safest to try first: one that says it only reads, and that costs a model little to know. */
export function firstToTry(tools: readonly WorkspaceTool[]): WorkspaceTool | null {
  const rank = ({ readOnly, destructive }: WorkspaceTool) => (readOnly ? 0 : destructive ? 2 : 1);
  const sorted = [...tools].sort((a, b) => rank(a) - rank(b) || a.cost - b.cost);
  return sorted[0] ?? null;
}
