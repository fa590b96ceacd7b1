import { exposeName } from "@/lib/mcp/tool-name";
import type { WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import type { ServerView } from "@/lib/services/server/view";
import { pausedUntil } from "./engine";
import type { DeploymentSummary, FunctionRow } from "./find";
import type { DeploymentView, FunctionView } from "./view";

/** Row to view. */
export const toDeploymentView = (row: DeploymentSummary, fn: FunctionRow): DeploymentView => ({
  id: row.id,
  version: row.version,
  sha256: row.sha256,
  active: row.id === fn.activeDeploymentId,
  note: row.note,
  createdBy: row.createdBy,
  createdAt: iso(row.createdAt),
  startMs: row.startMs,
  bytes: row.bytes,
  manifest: row.manifest,
  toolNames: row.toolNames,
});

/** The active deployment, as much of it as lists show. */
export interface ActiveFacts {
  version: number;
  sha256: string;
  createdAt: Date;
}

/** A function as lists show it, from its server's view and its active deployment. */
export function toFunctionView(
  ctx: WorkspaceCtx,
  fn: FunctionRow,
  server: ServerView,
  active: ActiveFacts | null,
  calls: number,
): FunctionView {
  const paused = active && pausedUntil(ctx, fn, active.sha256);
  return {
    id: fn.id,
    slug: server.slug,
    serverId: server.id,
    name: server.name,
    enabled: server.enabled,
    state: stateOf(server, active, paused),
    pausedUntil: paused,
    missingSecrets: server.missingSecrets,
    version: active?.version ?? null,
    deployedAt: active && iso(active.createdAt),
    tools: server.tools.enabled,
    calls,
    updatedAt: iso(fn.updatedAt),
  };
}

function stateOf(server: ServerView, active: ActiveFacts | null, paused: string | null): FunctionView["state"] {
  if (!active) return "draft";
  if (!server.enabled) return "off";
  if (paused !== null) return "paused";
  return server.missingSecrets.length > 0 ? "needs_secret" : "live";
}

/** Tools of a deployment by the names that clients see; `stored` are the server's, which may have names of an admin's choice. */
export const toToolNames = (
  slug: string,
  names: string[],
  stored: readonly { name: string; qualifiedName: string }[],
): { name: string; qualifiedName: string }[] => {
  const known = new Map(stored.map(({ name, qualifiedName }) => [name, qualifiedName]));
  return names.map((name) => ({ name, qualifiedName: known.get(name) ?? exposeName(slug, name) }));
};
