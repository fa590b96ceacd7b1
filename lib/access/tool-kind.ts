/** What a tool does to its surroundings, by its own word. */
export type ToolKind = "read" | "write" | "destructive";

/**
 * The kind that a tool's definition (JSON text) claims by its annotations (MCP 2025-06-18): `readOnlyHint` true reads;
 * else it destroys unless `destructiveHint` is false. Null where it has no annotations, or cannot be read.
 */
export function toolKindOf(definition: string): ToolKind | null {
  if (!definition.includes('"annotations"')) return null;
  try {
    const { annotations } = JSON.parse(definition) as { annotations?: unknown };
    if (typeof annotations !== "object" || annotations === null || Array.isArray(annotations)) return null;
    const { readOnlyHint, destructiveHint } = annotations as Record<string, unknown>;
    if (readOnlyHint === true) return "read";
    return destructiveHint === false ? "write" : "destructive";
  } catch {
    return null;
  }
}
