import { and, asc, eq } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import { allows } from "@/lib/access/permissions";
import { inScope, saysReadOnly } from "@/lib/access/tool-scope";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iconOf } from "@/lib/services/server/icon-of";
import { toListedTool } from "./to-view";
import type { WorkspaceTool } from "./view";

/** What a query for one workspace's tools selects. */
const TOOL = { server: servers, tool: serverTools };

/**
 * Every tool of every server by server and name, off ones too. Who neither manages servers nor reads everyone's calls
 * sees what they can use: tools that are on, of servers that are on, within their scope.
 */
export async function listAllTools(ctx: WorkspaceCtx): Promise<WorkspaceTool[]> {
  return (await readAllTools(ctx)).map((row) => toWorkspaceTool(ctx, row));
}

/** @see listAllTools */
export async function readAllTools(ctx: WorkspaceCtx) {
  requirePermission(ctx, "server.read");
  const rows = await ctx.db
    .select(TOOL)
    .from(serverTools)
    .innerJoin(servers, eq(servers.id, serverTools.serverId))
    .where(and(eq(servers.workspaceId, ctx.workspace.id), eq(serverTools.workspaceId, ctx.workspace.id)))
    .orderBy(asc(servers.slug), asc(serverTools.name));
  if (allows(ctx.role, "server.manage") || allows(ctx.role, "call.read")) return rows;
  const [own] = await ctx.db.select({ scope: members.toolScope }).from(members).where(eq(members.id, ctx.memberId));
  return rows.filter(
    ({ server, tool }) =>
      server.enabled &&
      tool.enabled &&
      inScope(own?.scope ?? null, {
        serverId: server.id,
        name: tool.name,
        readOnly: saysReadOnly(tool.definition),
      }),
  );
}

/** Rows to view. */
export function toWorkspaceTool(
  ctx: WorkspaceCtx,
  { server, tool }: Awaited<ReturnType<typeof readAllTools>>[number],
): WorkspaceTool {
  const { slug, name, enabled, listing, probedAt } = server;
  const listed = tool.enabled || probedAt === null || tool.seenAt >= probedAt;
  return { ...toListedTool(slug, { ...tool, listed }), server: { slug, name, enabled, icon: iconOf(ctx, listing) } };
}
