import { and, asc, eq } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { GONE_DEFINITION, serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import { allows } from "@/lib/access/permissions";
import { inScope, saysReadOnly } from "@/lib/access/tool-scope";
import { exposeNames, type NamedTool } from "@/lib/mcp/tool-name";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iconOf } from "@/lib/services/server/icon-of";
import { isListed } from "@/lib/services/server/read";
import { byServer, type FormerName, readFormerNames, readNameLength } from "./names";
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
    .orderBy(asc(servers.slug), asc(serverTools.name))
    .then(async (found) => named(found, await readNameLength(ctx.db, ctx), await readFormerNames(ctx.db, ctx)));
  if (allows(ctx.role, "server.manage") || allows(ctx.role, "call.read")) return rows;
  const [own] = await ctx.db.select({ scope: members.toolScope }).from(members).where(eq(members.id, ctx.memberId));
  return rows.filter(
    ({ server, tool }) =>
      server.enabled &&
      tool.enabled &&
      tool.definition !== GONE_DEFINITION &&
      inScope(own?.scope ?? null, {
        serverId: server.id,
        name: tool.name,
        readOnly: saysReadOnly(tool.definition),
      }),
  );
}

/** Names depend on all tools of a server, also on those that the reader may not see. */
function named<T extends { server: { id: string; slug: string }; tool: NamedTool }>(
  rows: T[],
  max: number,
  former: FormerName[],
) {
  const flat = rows.map(({ server: { id, slug }, tool: { name, alias } }) => ({ id, slug, name, alias }));
  const names = new Map(byServer(flat).map(({ id, slug, tools }) => [id, exposeNames(slug, tools, max)]));
  return rows.map((row) => ({
    ...row,
    qualifiedName: names.get(row.server.id)?.get(row.tool.name) ?? row.tool.name,
    formerNames: former.filter(({ serverId, tool }) => serverId === row.server.id && tool === row.tool.name),
  }));
}

/** Rows to view. */
export function toWorkspaceTool(
  ctx: WorkspaceCtx,
  { server, tool, qualifiedName, formerNames }: Awaited<ReturnType<typeof readAllTools>>[number],
): WorkspaceTool {
  const { slug, name, enabled, listing } = server;
  const listed = isListed(tool, server);
  const shown = toListedTool(slug, { ...tool, listed, qualifiedName, formerNames });
  return { ...shown, server: { slug, name, enabled, icon: iconOf(ctx, listing) } };
}
