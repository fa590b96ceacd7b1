import { and, eq, isNotNull } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { workspaces } from "@/db/schema/workspaces";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { currentDataKey } from "@/lib/services/secret/data-key";
import { UpdateWorkspaceSettingsInput } from "./schemas";
import { touchWorkspace } from "./touch";
import type { WorkspaceSettingsView } from "./view";

/** Settings of the workspace. Every member may see whether the arguments of their calls are kept. */
export async function getWorkspaceSettings(ctx: WorkspaceCtx): Promise<WorkspaceSettingsView> {
  requirePermission(ctx, "workspace.read");
  return readSettings(ctx.db, ctx.workspace.id);
}

/** Settings by workspace id, inside a transaction or out. @throws AppError `not_found` */
export async function readSettings(db: Db, workspaceId: string): Promise<WorkspaceSettingsView> {
  const [row] = await db
    .select({ keepArgumentsDays: workspaces.keepArgumentsDays })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  if (!row) throw new AppError("not_found", "There is no such workspace, or you are not a member of it.");
  return row;
}

/**
 * Changes for how long the arguments of calls are kept, sealed. 0 ends it and deletes what is kept, in the same
 * transaction; a shorter term is applied by the gateway's sweep.
 * @throws AppError `forbidden`, `invalid`
 */
export async function updateWorkspaceSettings(
  ctx: WorkspaceCtx,
  input: UpdateWorkspaceSettingsInput,
): Promise<WorkspaceSettingsView> {
  requirePermission(ctx, "workspace.update");
  const after = parse(UpdateWorkspaceSettingsInput, input);
  const { id, name } = ctx.workspace;
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, id);
    const before = await readSettings(tx, id);
    await tx.update(workspaces).set(after).where(eq(workspaces.id, id));
    if (after.keepArgumentsDays === 0)
      await tx
        .update(calls)
        .set({ argsSealed: null, argsKeyId: null })
        .where(and(eq(calls.workspaceId, id), isNotNull(calls.argsSealed)));
    else await currentDataKey(tx, ctx); // a workspace without secrets has none yet, and the gateway makes none
    await audit(tx, ctx, "workspace.update", { type: "workspace", id, name }, { before: { ...before }, after });
    return after;
  });
}
