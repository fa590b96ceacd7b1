import { and, eq } from "drizzle-orm";
import { servers } from "@/db/schema/servers";
import { audit } from "@/lib/services/audit/record";
import { requireConfirmed } from "@/lib/services/confirm";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import type { DeletedView } from "@/lib/services/workspace/view";
import { safeUrl } from "./audit-fields";
import { findServer } from "./find";
import { RemoveServerInput } from "./schemas";

/** Takes a server with its tools and secrets out of the workspace; it disappears for the whole team. @throws AppError `forbidden`, `invalid`, `not_found` */
export async function removeServer(ctx: WorkspaceCtx, input: RemoveServerInput): Promise<DeletedView> {
  requirePermission(ctx, "server.manage");
  const { server: ref, confirm } = parse(RemoveServerInput, input);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const { id, slug, name, url } = await findServer(tx, ctx, ref, true);
    requireConfirmed(confirm, slug);
    await tx.delete(servers).where(and(eq(servers.workspaceId, ctx.workspace.id), eq(servers.id, id)));
    await audit(tx, ctx, "server.remove", { type: "server", id, name }, { before: { slug, url: safeUrl(url) } });
    return { id, slug, deleted: true as const };
  });
}
