import { and, desc, lt } from "drizzle-orm";
import { exports } from "@/db/schema/exports";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { visibleExports } from "./find";
import { ListExportsInput } from "./schemas";
import { toExportView } from "./to-view";
import type { ExportPage } from "./view";

/** Exports of this workspace, newest first; plain members see their own. @throws AppError `invalid` */
export async function listExports(ctx: WorkspaceCtx, input: ListExportsInput = {}): Promise<ExportPage> {
  const { cursor, limit } = parse(ListExportsInput, input);
  const rows = await ctx.db
    .select()
    .from(exports)
    .where(and(visibleExports(ctx), cursor === undefined ? undefined : lt(exports.id, cursor)))
    .orderBy(desc(exports.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    exports: page.map((row) => toExportView(ctx, row)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
