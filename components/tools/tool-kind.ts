import type { ToolView } from "@/lib/services/tool/view";

/** What a tool does, by its server's own word. */
export const TOOL_KINDS = {
  read: "Reads",
  write: "Writes",
  destroy: "May destroy",
  silent: "Does not say",
} as const;
export type ToolKind = keyof typeof TOOL_KINDS;

export const kindOf = ({ readOnly, destructive }: Pick<ToolView, "readOnly" | "destructive">): ToolKind =>
  readOnly ? "read" : destructive ? "destroy" : readOnly === null && destructive === null ? "silent" : "write";
