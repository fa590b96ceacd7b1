import { and, eq } from "drizzle-orm";
import { auditEvents } from "@/db/schema/audit-events";
import { AppError } from "@/lib/errors";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { isRef } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { GetAuditInput } from "./schemas";
import { toAuditView } from "./to-view";
import type { AuditView } from "./view";

/** One event of the workspace's log, for a link to it. @throws AppError `forbidden`, `not_found` */
export async function getAudit(ctx: WorkspaceCtx, input: GetAuditInput): Promise<AuditView> {
  requirePermission(ctx, "audit.read");
  const { event } = parse(GetAuditInput, input);
  const own = eq(auditEvents.workspaceId, ctx.workspace.id);
  const [row] = isRef(event)
    ? await ctx.db
        .select()
        .from(auditEvents)
        .where(and(own, eq(auditEvents.id, event)))
    : [];
  if (!row) throw new AppError("not_found", "There is no such event in this workspace.");
  return toAuditView(row);
}
