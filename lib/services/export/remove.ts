import { eq } from "drizzle-orm";
import { exports } from "@/db/schema/exports";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import type { DeletedView } from "@/lib/services/workspace/view";
import { findExport, mayManage } from "./find";
import { asTarget, facts } from "./insert";
import { ExportInput } from "./schemas";

/** Deletes an export from the list, with its file; the audit log keeps that it was made. @throws AppError `not_found`, `forbidden` */
export async function removeExport(ctx: WorkspaceCtx, input: ExportInput): Promise<DeletedView> {
  const { export: ref } = parse(ExportInput, input);
  return ctx.db.transaction(async (tx) => {
    const found = await findExport(tx, ctx, ref);
    if (!mayManage(ctx, found)) throw new AppError("forbidden", "Only who asked for it, and admins, may delete it.");
    await tx.delete(exports).where(eq(exports.id, found.id));
    await audit(tx, ctx, "export.delete", asTarget(found), { before: facts(found) });
    return { id: found.id, deleted: true };
  });
}
