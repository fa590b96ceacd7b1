import { and, asc, eq, ne } from "drizzle-orm";
import { GONE_DEFINITION, serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { toToolView } from "./to-view";
import type { ServerTools } from "./view";

/** Every server that is on with its tools that are on, by slug and name: what a scope chooses from and is counted by. */
export async function listTools(ctx: WorkspaceCtx): Promise<ServerTools[]> {
  requirePermission(ctx, "server.read");
  const rows = await ctx.db
    .select({ id: servers.id, slug: servers.slug, name: servers.name, tool: serverTools })
    .from(servers)
    .leftJoin(
      serverTools,
      and(
        eq(serverTools.serverId, servers.id),
        eq(serverTools.enabled, true),
        ne(serverTools.definition, GONE_DEFINITION),
      ),
    )
    .where(and(eq(servers.workspaceId, ctx.workspace.id), eq(servers.enabled, true)))
    .orderBy(asc(servers.slug), asc(serverTools.name));
  const found = new Map<string, ServerTools>();
  for (const { id, slug, name, tool } of rows) {
    const server = found.get(id) ?? { id, slug, name, tools: [] };
    found.set(id, server);
    if (!tool) continue;
    const view = toToolView(slug, { ...tool, listed: true });
    server.tools.push({ name: view.name, title: view.title, readOnly: view.readOnly === true });
  }
  return [...found.values()];
}
