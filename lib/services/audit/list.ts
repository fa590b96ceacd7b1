import { and, desc, eq, lt } from "drizzle-orm";
import { auditEvents } from "@/db/schema/audit-events";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { ListAuditInput } from "./schemas";
import type { AuditPage } from "./view";

/** Changes made in this workspace, newest first. @throws AppError `forbidden` below admin */
export async function listAudit(ctx: WorkspaceCtx, input: ListAuditInput = {}): Promise<AuditPage> {
  requirePermission(ctx, "audit.read");
  const { cursor, limit } = parse(ListAuditInput, input);
  const rows = await ctx.db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.workspaceId, ctx.workspace.id), cursor ? lt(auditEvents.id, cursor) : undefined))
    .orderBy(desc(auditEvents.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    events: page.map((row) => ({
      id: row.id,
      time: iso(row.createdAt),
      actorType: row.actorType,
      actorId: row.actorId,
      actorEmail: row.actorEmail,
      action: row.action,
      targetType: row.targetType,
      targetId: row.targetId,
      targetName: row.targetName,
      before: row.before,
      after: row.after,
      sourceIp: row.sourceIp,
      requestId: row.requestId,
    })),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
