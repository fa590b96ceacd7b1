import { exports } from "@/db/schema/exports";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import type { ExportPlan } from "./plan";

export type ExportRow = typeof exports.$inferSelect;

/** What an audit row says of an export: enough to know which rows left the house, and how. */
export const facts = (row: ExportRow): Record<string, unknown> => ({
  log: row.kind,
  format: row.format,
  filters: row.filters,
  ...(row.options.payloads && { payloads: true }),
  ...(row.memberId !== null && { ownOnly: true }),
});

export const asTarget = ({ id, filename }: Pick<ExportRow, "id" | "filename">) => ({
  type: "export",
  id,
  name: filename,
});

type Start = Pick<ExportRow, "state" | "background" | "newest"> & { leaseUntil?: Date };

/** Notes down an export and audits it, before its first byte. Runs in the caller's transaction. */
export async function insertExport(tx: Db, ctx: WorkspaceCtx, plan: ExportPlan, start: Start): Promise<ExportRow> {
  const now = ctx.now();
  const { log, format, filters, filename, memberId, excel, payloads } = plan;
  const [row] = await tx
    .insert(exports)
    .values({
      id: newId("export", now.getTime()),
      workspaceId: ctx.workspace.id,
      kind: log,
      format,
      filters,
      options: { ...(excel && { excel }), ...(payloads && { payloads }) },
      filename,
      memberId,
      createdBy: ctx.actor.userId,
      createdByName: ctx.actor.name,
      createdByRole: ctx.role,
      createdAt: now,
      ...start,
    })
    .returning();
  if (!row) throw new Error("an insert answers its row");
  await audit(tx, ctx, "export.create", asTarget(row), { after: facts(row) });
  return row;
}
