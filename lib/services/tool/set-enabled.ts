import { and, eq } from "drizzle-orm";
import { serverTools } from "@/db/schema/server-tools";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { readTools } from "@/lib/services/server/read";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { SetToolEnabledInput } from "./schemas";
import { toToolView } from "./to-view";
import type { ToolView } from "./view";

/** Switches one tool on or off for the team. @throws AppError `forbidden`, `not_found` */
export async function setToolEnabled(ctx: WorkspaceCtx, input: SetToolEnabledInput): Promise<ToolView> {
  requirePermission(ctx, "server.manage");
  const { server: ref, tool: name, enabled } = parse(SetToolEnabledInput, input);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const server = await findServer(tx, ctx, ref, true);
    const tool = (await readTools(tx, ctx, server)).find((entry) => entry.name === name);
    if (!tool) throw new AppError("not_found", "This server has no such tool.");
    if (tool.enabled !== enabled) {
      await tx
        .update(serverTools)
        .set({ enabled })
        .where(and(eq(serverTools.serverId, server.id), eq(serverTools.name, name)));
      const target = { type: "tool", id: `${server.id}/${name}`, name: `${server.slug}__${name}` };
      await audit(tx, ctx, enabled ? "tool.enable" : "tool.disable", target, {
        before: { enabled: !enabled },
        after: { enabled },
      });
    }
    return toToolView(server.slug, { ...tool, enabled });
  });
}
