import { and, eq, inArray } from "drizzle-orm";
import { exportChunks, exports } from "@/db/schema/exports";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findExport, mayManage } from "./find";
import { asTarget } from "./insert";
import { ExportInput } from "./schemas";
import { toExportView } from "./to-view";
import type { ExportView } from "./view";

/** Ends an export that is not finished; nothing of it is kept. @throws AppError `not_found`, `forbidden`, `conflict` */
export async function cancelExport(ctx: WorkspaceCtx, input: ExportInput): Promise<ExportView> {
  const { export: ref } = parse(ExportInput, input);
  return ctx.db.transaction(async (tx) => {
    const found = await findExport(tx, ctx, ref);
    if (!mayManage(ctx, found)) throw new AppError("forbidden", "Only who asked for it, and admins, may cancel it.");
    const [row] = await tx
      .update(exports)
      .set({ state: "canceled", worker: null, leaseUntil: null, finishedAt: ctx.now() })
      .where(and(eq(exports.id, found.id), eq(exports.background, true), inArray(exports.state, ["queued", "running"])))
      .returning();
    if (!row) throw new AppError("conflict", "This export is not being made any more.");
    await tx.delete(exportChunks).where(eq(exportChunks.exportId, row.id));
    await audit(tx, ctx, "export.cancel", asTarget(row));
    return toExportView(ctx, row);
  });
}
