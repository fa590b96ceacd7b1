import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { secrets } from "@/db/schema/secrets";
import { GONE_DEFINITION, serverTools } from "@/db/schema/server-tools";
import { exposeNames } from "@/lib/mcp/tool-name";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { readFormerNames, readNameLength } from "@/lib/services/tool/names";
import type { ReviewedTool } from "@/lib/services/tool/to-view";
import type { ServerRow } from "./find";
import { missingSecrets, readNeeds } from "./secret-needs";
import { toServerView } from "./to-view";
import type { ServerView } from "./view";

/** Servers with what their views need beside the row: three queries at most, however many servers. */
export async function viewServers(db: Db, ctx: WorkspaceCtx, rows: ServerRow[]): Promise<ServerView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const stored = await db
    .select({ serverId: secrets.serverId, name: secrets.name, origin: secrets.origin, memberId: secrets.memberId })
    .from(secrets)
    .where(and(eq(secrets.workspaceId, ctx.workspace.id), inArray(secrets.serverId, ids)));
  const counts = await db
    .select({
      serverId: serverTools.serverId,
      total: sql<number>`count(*)::int`,
      enabled: sql<number>`(count(*) filter (where ${serverTools.enabled} and ${serverTools.definition} <> ${GONE_DEFINITION}))::int`,
    })
    .from(serverTools)
    .where(and(eq(serverTools.workspaceId, ctx.workspace.id), inArray(serverTools.serverId, ids)))
    .groupBy(serverTools.serverId);
  const needs = await readNeeds(db, ctx, rows);
  return rows.map((row) => {
    const own = stored.filter((secret) => secret.serverId === row.id);
    const count = counts.find((entry) => entry.serverId === row.id);
    const tools = { total: count?.total ?? 0, enabled: count?.enabled ?? 0 };
    return toServerView(ctx, row, { missingSecrets: missingSecrets(row, needs.get(row.id) ?? [], own), tools });
  });
}

/** One server's view. */
export async function viewServer(db: Db, ctx: WorkspaceCtx, row: ServerRow): Promise<ServerView> {
  const [view] = await viewServers(db, ctx, [row]);
  if (!view) throw new Error("viewServers answers one view a row");
  return view;
}

/** False for a tool that is only remembered: switched off, or named or described by an admin, and gone. */
export const isListed = (
  tool: { enabled: boolean; definition: string; seenAt: Date },
  { probedAt }: Pick<ServerRow, "probedAt">,
): boolean => tool.definition !== GONE_DEFINITION && (tool.enabled || probedAt === null || tool.seenAt >= probedAt);

/** Tools of one server by name, with the names that clients see. A switched-off tool that the server no longer lists stays, marked: its switch must not be forgotten. */
export async function readTools(db: Db, ctx: WorkspaceCtx, server: ServerRow): Promise<ReviewedTool[]> {
  const rows = await db
    .select()
    .from(serverTools)
    .where(and(eq(serverTools.workspaceId, ctx.workspace.id), eq(serverTools.serverId, server.id)))
    .orderBy(asc(serverTools.name));
  const names = exposeNames(server.slug, rows, await readNameLength(db, ctx));
  const former = await readFormerNames(db, ctx, server.id);
  return rows.map((row) => ({
    name: row.name,
    definition: row.definition,
    reviewed: row.reviewed,
    enabled: row.enabled,
    listed: isListed(row, server),
    alias: row.alias,
    description: row.description,
    qualifiedName: names.get(row.name) ?? row.name,
    formerNames: former.filter(({ tool }) => tool === row.name),
  }));
}
