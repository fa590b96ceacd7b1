import type { WorkspaceCtx } from "@/lib/services/context";
import { toWorkspaceView } from "./to-view";
import type { WorkspaceView } from "./view";

/** The workspace that the context is in. */
export async function getWorkspace(ctx: WorkspaceCtx): Promise<WorkspaceView> {
  return toWorkspaceView(ctx, ctx.workspace, ctx.role);
}
