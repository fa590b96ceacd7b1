import { inScope, type ToolScope } from "@/lib/access/tool-scope";
import type { ServerTools } from "@/lib/services/tool/view";

/** How much of the workspace a scope leaves over, of the tools that are switched on. */
export interface ScopeCount {
  sees: number;
  of: number;
}

/** Counts what a member with this scope sees, by the gateway's own decision. */
export function countScope(scope: ToolScope | null, servers: ServerTools[]): ScopeCount {
  const all = servers.flatMap(({ id, tools }) => tools.map((tool) => ({ ...tool, serverId: id })));
  return { of: all.length, sees: all.filter((tool) => inScope(scope, tool)).length };
}

/** The same text for scopes that mean the same, however their servers and tools are ordered. */
export function scopeKey(scope: ToolScope | null): string {
  const servers =
    scope?.servers &&
    Object.entries(scope.servers)
      .map(([id, tools]) => [id, tools && [...tools].sort()])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return JSON.stringify([scope?.readOnly ?? false, servers ?? null]);
}
