import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { formerNames } from "@/db/schema/former-names";
import { serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import { workspaces } from "@/db/schema/workspaces";
import { exposeNames, type NamedTool } from "@/lib/mcp/tool-name";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { FORMER_NAME_DAYS } from "./schemas";

const DAY_MS = 86_400_000;
/** Rows of one statement. */
const BATCH = 1_000;

/** A name that a tool had and still answers to. */
export type FormerName = typeof formerNames.$inferSelect;

/** A tool that clients see under another name than before. */
export interface Renamed {
  serverId: string;
  /** The upstream's own name. */
  tool: string;
  before: string;
  after: string;
}

/** Longest exposed name of the workspace, in characters. */
export async function readNameLength(db: Db, { workspace }: WorkspaceCtx): Promise<number> {
  const [row] = await db.select({ max: workspaces.nameLength }).from(workspaces).where(eq(workspaces.id, workspace.id));
  return row?.max ?? Number.NaN;
}

/** Names that still answer, soonest to end first; of one server where it is given. */
export function readFormerNames(db: Db, ctx: WorkspaceCtx, serverId?: string): Promise<FormerName[]> {
  return db
    .select()
    .from(formerNames)
    .where(
      and(
        eq(formerNames.workspaceId, ctx.workspace.id),
        gt(formerNames.until, ctx.now()),
        serverId === undefined ? undefined : eq(formerNames.serverId, serverId),
      ),
    )
    .orderBy(asc(formerNames.until), asc(formerNames.name));
}

/** What `before` and `after` call otherwise, of the tools of one server. */
export function renamedOf(
  server: { id: string; slug: string },
  before: { tools: readonly NamedTool[]; max: number },
  after: { tools: readonly NamedTool[]; max: number },
): Renamed[] {
  const was = exposeNames(server.slug, before.tools, before.max);
  const is = exposeNames(server.slug, after.tools, after.max);
  return [...is].flatMap(([tool, name]) => {
    const old = was.get(tool) ?? name;
    return old === name ? [] : [{ serverId: server.id, tool, before: old, after: name }];
  });
}

/** What another length of names renames, of all tools of the workspace. */
export async function renamedByLength(
  db: Db,
  ctx: WorkspaceCtx,
  length: { before: number; after: number },
): Promise<Renamed[]> {
  const rows = await db
    .select({ id: servers.id, slug: servers.slug, name: serverTools.name, alias: serverTools.alias })
    .from(serverTools)
    .innerJoin(servers, eq(servers.id, serverTools.serverId))
    .where(and(eq(servers.workspaceId, ctx.workspace.id), eq(serverTools.workspaceId, ctx.workspace.id)));
  return byServer(rows).flatMap(({ id, slug, tools }) =>
    renamedOf({ id, slug }, { tools, max: length.before }, { tools, max: length.after }),
  );
}

/** Tools by their server, whose names depend on each other. */
export function byServer<T extends { id: string; slug: string }>(
  rows: readonly T[],
): { id: string; slug: string; tools: T[] }[] {
  const servers = new Map<string, { id: string; slug: string; tools: T[] }>();
  for (const row of rows) {
    const { id, slug } = row;
    const server = servers.get(id) ?? { id, slug, tools: [] };
    servers.set(id, server);
    server.tools.push(row);
  }
  return [...servers.values()];
}

/**
 * Lets the old names answer for another `FORMER_NAME_DAYS`, and forgets as old what is a name again. In the transaction
 * of the change, after `touchWorkspace`.
 */
export async function keepFormerNames(tx: Db, ctx: WorkspaceCtx, renamed: readonly Renamed[]): Promise<void> {
  const workspaceId = ctx.workspace.id;
  const until = new Date(ctx.now().getTime() + FORMER_NAME_DAYS * DAY_MS);
  for (let at = 0; at < renamed.length; at += BATCH) {
    const some = renamed.slice(at, at + BATCH);
    const again = some.map(({ after }) => after);
    await tx.delete(formerNames).where(and(eq(formerNames.workspaceId, workspaceId), inArray(formerNames.name, again)));
    await tx
      .insert(formerNames)
      .values(some.map(({ before: name, serverId, tool }) => ({ workspaceId, name, serverId, tool, until })))
      .onConflictDoUpdate({
        target: [formerNames.workspaceId, formerNames.name],
        set: { serverId: sql`excluded.server_id`, tool: sql`excluded.tool`, until },
      });
  }
}
