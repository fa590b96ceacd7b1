import { auditEvents } from "@/db/schema/audit-events";
import { newId } from "@/lib/ids";
import type { Ctx, Db, WorkspaceCtx } from "@/lib/services/context";
import type { AuditAction } from "./actions";

/** What was changed. `workspaceId` only where the context is in no workspace yet; null: the whole installation. */
export interface AuditTarget {
  type: string;
  id: string;
  name: string;
  workspaceId?: string | null;
}

/** State before and after, as much as a reader needs. Never a secret, a hash or the text of a header. */
export interface AuditChange {
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** Writes the audit row of a change. `tx` is the transaction of that change, so neither exists without the other. */
export async function audit(
  tx: Db,
  ctx: Ctx | WorkspaceCtx,
  action: AuditAction,
  target: AuditTarget,
  change: AuditChange = {},
): Promise<void> {
  const now = ctx.now();
  await tx.insert(auditEvents).values({
    id: newId("audit", now.getTime()),
    workspaceId: target.workspaceId !== undefined ? target.workspaceId : "workspace" in ctx ? ctx.workspace.id : null,
    actorType: ctx.actor.type,
    actorId: ctx.actor.id,
    actorEmail: ctx.actor.email,
    action,
    targetType: target.type,
    targetId: target.id,
    targetName: target.name,
    before: change.before,
    after: change.after,
    requestId: ctx.request.id,
    sourceIp: ctx.request.sourceIp,
    userAgent: ctx.request.userAgent?.slice(0, 512),
    createdAt: now,
  });
}
