import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { serverTools } from "@/db/schema/server-tools";
import { AppError } from "@/lib/errors";
import type { WorkspaceCtx } from "@/lib/services/context";
import type { ServerRow } from "@/lib/services/server/find";

/** Switched-on tools that can be called with no arguments and do not say that they destroy: fit for a test call. By server id. */
export async function readTestTools(ctx: WorkspaceCtx, serverIds: string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (serverIds.length === 0) return found;
  const rows = await ctx.db
    .select({ serverId: serverTools.serverId, name: serverTools.name, definition: serverTools.definition })
    .from(serverTools)
    .where(
      and(
        eq(serverTools.workspaceId, ctx.workspace.id),
        inArray(serverTools.serverId, serverIds),
        sql`${serverTools.enabled}`,
      ),
    )
    .orderBy(asc(serverTools.name));
  for (const { serverId, name, definition } of rows) {
    if (isHarmless(definition)) found.set(serverId, [...(found.get(serverId) ?? []), name]);
  }
  return found;
}

/** @throws AppError `invalid`, field `testTool` */
export async function checkTestTool(ctx: WorkspaceCtx, server: ServerRow, tool: string | undefined): Promise<void> {
  if (tool === undefined || (await readTestTools(ctx, [server.id])).get(server.id)?.includes(tool)) return;
  throw new AppError("invalid", "Choose a tool of this server that is switched on and needs no arguments.", {
    field: "testTool",
  });
}

/** The definition is foreign JSON; whatever is odd about it makes the tool unfit. */
function isHarmless(definition: string): boolean {
  try {
    const { inputSchema, annotations } = JSON.parse(definition) as {
      inputSchema?: { required?: unknown };
      annotations?: { destructiveHint?: unknown; readOnlyHint?: unknown };
    };
    const required = inputSchema?.required;
    const destroys = annotations?.destructiveHint === true && annotations.readOnlyHint !== true;
    return (required === undefined || (Array.isArray(required) && required.length === 0)) && !destroys;
  } catch {
    return false;
  }
}
