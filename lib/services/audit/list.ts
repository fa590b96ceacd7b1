import { and, desc, lt } from "drizzle-orm";
import { auditEvents } from "@/db/schema/audit-events";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { auditCondition } from "./filters";
import { ListAuditInput } from "./schemas";
import { toAuditView } from "./to-view";
import type { AuditPage } from "./view";

/** Changes made in this workspace, newest first. @throws AppError `forbidden` for who may not read the audit log, `invalid` */
export async function listAudit(ctx: WorkspaceCtx, input: ListAuditInput = {}): Promise<AuditPage> {
  requirePermission(ctx, "audit.read");
  const { cursor, limit, ...filters } = parse(ListAuditInput, input);
  const rows = await ctx.db
    .select()
    .from(auditEvents)
    .where(
      and(
        auditCondition(ctx.workspace.id, filters, ctx.now()),
        cursor === undefined ? undefined : lt(auditEvents.id, cursor),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    events: page.map(toAuditView),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
