import type { auditEvents } from "@/db/schema/audit-events";
import { iso } from "@/lib/services/fields";
import type { AuditView } from "./view";

/** Row to view. */
export function toAuditView(row: typeof auditEvents.$inferSelect): AuditView {
  return {
    id: row.id,
    time: iso(row.createdAt),
    actorType: row.actorType,
    actorId: row.actorId,
    actorEmail: row.actorEmail,
    actorRole: row.actorRole,
    action: row.action,
    targetType: row.targetType,
    targetId: row.targetId,
    targetName: row.targetName,
    before: row.before,
    after: row.after,
    sourceIp: row.sourceIp,
    userAgent: row.userAgent,
    requestId: row.requestId,
    seq: row.seq,
  };
}
