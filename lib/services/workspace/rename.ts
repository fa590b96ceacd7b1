import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { RenameWorkspaceInput } from "./schemas";
import { toWorkspaceView } from "./to-view";
import { touchWorkspace } from "./touch";
import type { WorkspaceView } from "./view";

/** Changes the name; the slug stays, since every client's configuration holds it. @throws AppError `invalid`, `forbidden` */
export async function renameWorkspace(ctx: WorkspaceCtx, input: RenameWorkspaceInput): Promise<WorkspaceView> {
  requirePermission(ctx, "workspace.update");
  const { name } = parse(RenameWorkspaceInput, input);
  const { id } = ctx.workspace;
  await ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, id);
    await tx.update(workspaces).set({ name }).where(eq(workspaces.id, id));
    const change = { before: { name: ctx.workspace.name }, after: { name } };
    await audit(tx, ctx, "workspace.rename", { type: "workspace", id, name }, change);
  });
  return toWorkspaceView(ctx, { ...ctx.workspace, name }, ctx.role);
}
