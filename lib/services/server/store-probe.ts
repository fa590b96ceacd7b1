import { and, eq, inArray, sql } from "drizzle-orm";
import { GONE_DEFINITION, serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import type { ServerRow } from "./find";
import type { ProbeResult } from "./probe-upstream";

/** Names of tools that a test added, removed or found described otherwise. */
export interface ToolChanges {
  added: string[];
  removed: string[];
  changed: string[];
}

/**
 * Writes what a test showed to the server's row and tools. A failed test keeps the tools known before: a server that
 * is down for an hour must not empty the team's list. New tools start switched on; a switched-off tool that vanishes
 * is kept, so that it cannot come back switched on, and so are an admin's name and text for one.
 */
export async function storeProbe(
  tx: Db,
  ctx: WorkspaceCtx,
  server: ServerRow,
  result: ProbeResult,
): Promise<{ row: ServerRow; changes: ToolChanges }> {
  const now = ctx.now();
  const seen = result.ok
    ? {
        transport: result.transport,
        protocolVersion: result.protocolVersion,
        capabilities: result.capabilities,
        serverName: result.serverName,
        serverVersion: result.serverVersion,
        problem: null,
      }
    : { problem: result.message };
  const [row] = await tx
    .update(servers)
    .set({ ...seen, probedAt: now, updatedAt: now })
    .where(and(eq(servers.workspaceId, ctx.workspace.id), eq(servers.id, server.id)))
    .returning();
  if (!row) throw new Error("the caller holds the server's row");
  const changes = result.ok
    ? await storeTools(tx, ctx, server.id, result.tools, { now, seenByAdmin: server.protocolVersion === null })
    : { added: [], removed: [], changed: [] };
  return { row, changes };
}

/**
 * Writes a server's tools as they are now; the answer says what that changed. `seenByAdmin`: these very definitions were
 * chosen by an admin (a server's first tools, a deployment), so they need no review; what comes by itself later does.
 */
export async function storeTools(
  tx: Db,
  ctx: WorkspaceCtx,
  serverId: string,
  tools: { name: string; definition: string }[],
  { now, seenByAdmin }: { now: Date; seenByAdmin: boolean },
): Promise<ToolChanges> {
  const workspaceId = ctx.workspace.id;
  const known = new Map(
    (await tx.select().from(serverTools).where(eq(serverTools.serverId, serverId))).map((tool) => [tool.name, tool]),
  );
  const shown = new Map(tools.map((tool) => [tool.name, tool.definition]));
  const gone = [...known.values()].filter(
    (tool) => !shown.has(tool.name) && tool.enabled && tool.definition !== GONE_DEFINITION,
  );
  const named = gone.filter(({ alias, description }) => alias !== null || description !== null);
  const among = (some: typeof gone) =>
    and(
      eq(serverTools.serverId, serverId),
      inArray(
        serverTools.name,
        some.map(({ name }) => name),
      ),
    );
  if (gone.length > named.length)
    await tx.delete(serverTools).where(among(gone.filter((tool) => !named.includes(tool))));
  if (named.length > 0) await tx.update(serverTools).set({ definition: GONE_DEFINITION }).where(among(named));
  if (shown.size > 0)
    await tx
      .insert(serverTools)
      .values(
        [...shown].map(([name, definition]) => ({
          serverId,
          workspaceId,
          name,
          definition,
          reviewed: seenByAdmin ? definition : null,
          createdAt: now,
          seenAt: now,
        })),
      )
      .onConflictDoUpdate({
        target: [serverTools.serverId, serverTools.name],
        set: {
          definition: sql`excluded.definition`,
          seenAt: sql`excluded.seen_at`,
          ...(seenByAdmin && { reviewed: sql`excluded.reviewed` }),
        },
      });
  return {
    added: [...shown.keys()].filter((name) => (known.get(name)?.definition ?? GONE_DEFINITION) === GONE_DEFINITION),
    removed: gone.map(({ name }) => name),
    changed: [...shown]
      .filter(([name, text]) => ![text, GONE_DEFINITION, undefined].includes(known.get(name)?.definition))
      .map(([name]) => name),
  };
}
