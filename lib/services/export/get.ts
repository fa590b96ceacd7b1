import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findExport } from "./find";
import { ExportInput } from "./schemas";
import { toExportView } from "./to-view";
import type { ExportView } from "./view";

/** One export and how far it is. @throws AppError `not_found` */
export async function getExport(ctx: WorkspaceCtx, input: ExportInput): Promise<ExportView> {
  const { export: ref } = parse(ExportInput, input);
  return toExportView(ctx, await findExport(ctx.db, ctx, ref));
}
