import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { audit } from "@/lib/services/audit/record";
import { requireConfirmed } from "@/lib/services/confirm";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { DeleteWorkspaceInput } from "./schemas";
import type { DeletedView } from "./view";

/**
 * Deletes the workspace with its servers, secrets, members and tokens, so its URL stops working at once. Calls and
 * audit rows stay for the record; nothing shows them any more.
 * @throws AppError `forbidden` below owner, `invalid` when `confirm` is not the slug
 */
export async function deleteWorkspace(ctx: WorkspaceCtx, input: DeleteWorkspaceInput): Promise<DeletedView> {
  requirePermission(ctx, "workspace.delete");
  const { confirm } = parse(DeleteWorkspaceInput, input);
  const { id, slug, name } = ctx.workspace;
  requireConfirmed(confirm, slug);
  await ctx.db.transaction(async (tx) => {
    await tx.delete(workspaces).where(eq(workspaces.id, id));
    await audit(tx, ctx, "workspace.delete", { type: "workspace", id, name }, { before: { name, slug } });
  });
  return { id, slug, deleted: true };
}
