import { type SQL, sql } from "drizzle-orm";
import { auditEvents } from "@/db/schema/audit-events";
import { isoTime } from "@/lib/services/export/iso-time";

const { action, after } = auditEvents;

/** Columns of the audit export, in the published order (schema 1). `before` and `after` are JSON in CSV, objects in JSONL. */
export const auditColumns = (workspace: string): Record<string, SQL> => ({
  event_id: sql`${auditEvents.id}`,
  occurred_at: isoTime(auditEvents.createdAt),
  actor_type: sql`${auditEvents.actorType}`,
  actor_id: sql`${auditEvents.actorId}`,
  actor_email: sql`${auditEvents.actorEmail}`,
  actor_role: sql`${auditEvents.actorRole}`,
  action: sql`${action}`,
  target_type: sql`${auditEvents.targetType}`,
  target_id: sql`${auditEvents.targetId}`,
  target_name: sql`${auditEvents.targetName}`,
  workspace: sql`${workspace}::text`,
  source_ip: sql`${auditEvents.sourceIp}`,
  user_agent: sql`${auditEvents.userAgent}`,
  request_id: sql`${auditEvents.requestId}`,
  outcome: sql`CASE WHEN ${action} LIKE '%.failed' OR ${action} LIKE '%.denied' THEN 'failure' ELSE 'success' END`,
  reason: sql`CASE jsonb_typeof(${after} -> 'reason') WHEN 'string' THEN ${after} ->> 'reason' END`,
  before: sql`${auditEvents.before}`,
  after: sql`${after}`,
  prev_hash: sql`${auditEvents.prevHash}`,
  hash: sql`${auditEvents.hash}`,
});
