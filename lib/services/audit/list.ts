import { and, desc, eq, gte, like, lt, or } from "drizzle-orm";
import { auditEvents } from "@/db/schema/audit-events";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { ListAuditInput } from "./schemas";
import type { AuditPage } from "./view";

/** Changes made in this workspace, newest first. @throws AppError `forbidden` for who may not read the audit log, `invalid` */
export async function listAudit(ctx: WorkspaceCtx, input: ListAuditInput = {}): Promise<AuditPage> {
  requirePermission(ctx, "audit.read");
  const { cursor, limit, action, actor, target, from, to } = parse(ListAuditInput, input);
  const rows = await ctx.db
    .select()
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.workspaceId, ctx.workspace.id),
        cursor === undefined ? undefined : lt(auditEvents.id, cursor),
        action === undefined ? undefined : matchesAction(action),
        actor === undefined ? undefined : or(eq(auditEvents.actorId, actor), eq(auditEvents.actorEmail, actor)),
        target === undefined ? undefined : eq(auditEvents.targetId, target),
        from === undefined ? undefined : gte(auditEvents.createdAt, from),
        to === undefined ? undefined : lt(auditEvents.createdAt, to),
      ),
    )
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
      userAgent: row.userAgent,
      requestId: row.requestId,
      seq: row.seq,
    })),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** A noun means all of its verbs. */
const matchesAction = (action: string) =>
  /^[a-z_]+$/.test(action)
    ? like(auditEvents.action, `${action.replaceAll("_", "\\_")}.%`)
    : eq(auditEvents.action, action);
