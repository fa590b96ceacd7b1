import { and, eq, inArray } from "drizzle-orm";
import { serverTools } from "@/db/schema/server-tools";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { readTools } from "@/lib/services/server/read";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { SetToolsEnabledInput } from "./schemas";
import type { ToolsChanged } from "./view";

/**
 * Switches many tools at once, all or none, one audit row each. Names that no server has (any more) are passed over; the
 * answer counts what changed.
 * @throws AppError `forbidden`, `not_found` (a server)
 */
export async function setToolsEnabled(ctx: WorkspaceCtx, input: SetToolsEnabledInput): Promise<ToolsChanged> {
  requirePermission(ctx, "server.manage");
  const { tools, enabled } = parse(SetToolsEnabledInput, input);
  const wanted = new Map<string, Set<string>>();
  for (const { server, tool } of tools) wanted.set(server, (wanted.get(server) ?? new Set()).add(tool));
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    let changed = 0;
    for (const [ref, names] of wanted) {
      const server = await findServer(tx, ctx, ref, true);
      const turning = (await readTools(tx, ctx, server))
        .filter((tool) => names.has(tool.name) && tool.enabled !== enabled)
        .map((tool) => tool.name);
      if (turning.length === 0) continue;
      await tx
        .update(serverTools)
        .set({ enabled })
        .where(and(eq(serverTools.serverId, server.id), inArray(serverTools.name, turning)));
      for (const name of turning)
        await audit(
          tx,
          ctx,
          enabled ? "tool.enable" : "tool.disable",
          { type: "tool", id: `${server.id}/${name}`, name: `${server.slug}__${name}` },
          { before: { enabled: !enabled }, after: { enabled } },
        );
      changed += turning.length;
    }
    return { changed };
  });
}
