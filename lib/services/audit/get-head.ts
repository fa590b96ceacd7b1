import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { readHead } from "./verify";
import type { AuditHead } from "./view";

/** Where the workspace's chain ends now; null before its first event. @throws AppError `forbidden` */
export async function getAuditHead(ctx: WorkspaceCtx): Promise<AuditHead | null> {
  requirePermission(ctx, "audit.read");
  const { seq, hash } = await readHead(ctx.db, ctx.workspace.id);
  return seq === 0 ? null : { seq, headHash: hash };
}
