import { and, eq } from "drizzle-orm";
import { servers } from "@/db/schema/servers";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { findServer } from "./find";
import { viewServer } from "./read";
import { SetServerEnabledInput } from "./schemas";
import type { ServerView } from "./view";

/** Switches a whole server on or off for the team. @throws AppError `forbidden`, `not_found` */
export async function setServerEnabled(ctx: WorkspaceCtx, input: SetServerEnabledInput): Promise<ServerView> {
  requirePermission(ctx, "server.manage");
  const { server: ref, enabled } = parse(SetServerEnabledInput, input);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const row = await findServer(tx, ctx, ref, true);
    if (row.enabled === enabled) return viewServer(tx, ctx, row);
    await tx
      .update(servers)
      .set({ enabled, updatedAt: ctx.now() })
      .where(and(eq(servers.workspaceId, ctx.workspace.id), eq(servers.id, row.id)));
    const target = { type: "server", id: row.id, name: row.name };
    await audit(tx, ctx, enabled ? "server.enable" : "server.disable", target, {
      before: { enabled: row.enabled },
      after: { enabled },
    });
    return viewServer(tx, ctx, { ...row, enabled });
  });
}
