import type { WorkspaceCtx } from "@/lib/services/context";
import { insertExport } from "./insert";
import { planExport } from "./plan";
import { type ExportFile, leaseEnd, recorded } from "./record";
import { exportPieces, newestId } from "./rows";
import type { CreateExportInput } from "./schemas";

/**
 * A log as a file, made while it is read: newest row first, with the filters of the list. What exists when it starts is
 * exported; later rows have greater ids and stay out. Audited before the first byte, and listed with its size and hash
 * once it has ended. A reader who leaves ends it.
 * @throws AppError `forbidden`, `invalid`
 */
export async function streamExport(ctx: WorkspaceCtx, input: CreateExportInput): Promise<ExportFile> {
  const plan = planExport(ctx, input);
  const newest = await newestId(ctx, plan);
  const row = await ctx.db.transaction((tx) =>
    insertExport(tx, ctx, plan, { state: "running", background: false, newest, leaseUntil: leaseEnd(ctx.now()) }),
  );
  return {
    filename: row.filename,
    format: row.format,
    bytes: null,
    chunks: recorded(ctx, row.id, exportPieces(ctx, plan, newest)),
  };
}
