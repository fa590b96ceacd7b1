import { toolKindOf } from "@/lib/access/tool-kind";
import { inScope, type ToolScope } from "@/lib/access/tool-scope";
import type { UpstreamServer } from "./ports";

const known = new WeakMap<ToolScope, WeakMap<UpstreamServer, boolean>>();

/**
 * Whether a member of this scope sees the prompts and resources of a server: where the scope lets them use something of
 * it. A scope says nothing of prompts, and whoever may use no tool of a server has no business with it.
 */
export function maySee(scope: ToolScope | null, server: UpstreamServer): boolean {
  if (scope === null) return true;
  const ofScope = known.get(scope) ?? new WeakMap<UpstreamServer, boolean>();
  known.set(scope, ofScope);
  const may = ofScope.get(server) ?? workOut(scope, server);
  ofScope.set(server, may);
  return may;
}

function workOut(scope: ToolScope, server: UpstreamServer): boolean {
  const whole =
    scope.servers === null || (Object.hasOwn(scope.servers, server.id) && scope.servers[server.id] === null);
  if (whole && !scope.readOnly) return true;
  return server.tools.some(
    ({ name, enabled, definition }) =>
      enabled && inScope(scope, { serverId: server.id, name, readOnly: toolKindOf(definition) === "read" }),
  );
}
