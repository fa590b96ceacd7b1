import { and, eq, gte, like, lt, or, type SQL } from "drizzle-orm";
import { auditEvents } from "@/db/schema/audit-events";
import { resolveRange } from "@/lib/range";
import type { AuditFilters } from "./schemas";

/** One condition for list and export alike, within one workspace. */
export function auditCondition(workspaceId: string, filters: AuditFilters, now: Date): SQL | undefined {
  const { action, actor, target } = filters;
  const { from, to } = resolveRange(filters, now);
  return and(
    eq(auditEvents.workspaceId, workspaceId),
    action === undefined ? undefined : matchesAction(action),
    actor === undefined ? undefined : or(eq(auditEvents.actorId, actor), eq(auditEvents.actorEmail, actor)),
    target === undefined ? undefined : eq(auditEvents.targetId, target),
    from === null ? undefined : gte(auditEvents.createdAt, from),
    to === null ? undefined : lt(auditEvents.createdAt, to),
  );
}

/** A noun means all of its verbs. */
const matchesAction = (action: string) =>
  /^[a-z_]+$/.test(action)
    ? like(auditEvents.action, `${action.replaceAll("_", "\\_")}.%`)
    : eq(auditEvents.action, action);
