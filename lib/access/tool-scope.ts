/**
 * Which tools a member may use. `servers` null: every server; else only those named by id, each with all of its tools
 * (null) or the named ones (the upstream's own names). `readOnly`: of these, only tools that their server marks
 * `readOnlyHint: true`.
 */
export interface ToolScope {
  readOnly: boolean;
  servers: Record<string, string[] | null> | null;
}

/** What the decision needs of a tool. */
export interface ScopedTool {
  serverId: string;
  /** The upstream's own name. */
  name: string;
  /** Whether its definition says `annotations.readOnlyHint: true`. */
  readOnly: boolean;
}

/** Whether a scope lets its member use a tool; the one decision behind both the list and the call. Null: all tools. */
export function inScope(scope: ToolScope | null, tool: ScopedTool): boolean {
  if (scope === null) return true;
  if (scope.readOnly && !tool.readOnly) return false;
  if (scope.servers === null) return true;
  // A server or list that is missing is closed, so a scope that came out of the database damaged opens nothing.
  if (!Object.hasOwn(scope.servers, tool.serverId)) return false;
  const names = scope.servers[tool.serverId];
  return names === null || (Array.isArray(names) && names.includes(tool.name));
}

/** Whether a tool's definition (JSON text) says that it only reads. What cannot be read says no. */
export function saysReadOnly(definition: string): boolean {
  if (!definition.includes("readOnlyHint")) return false;
  try {
    const { annotations } = JSON.parse(definition) as { annotations?: { readOnlyHint?: unknown } };
    return annotations?.readOnlyHint === true;
  } catch {
    return false;
  }
}
