import type { WorkspaceCtx } from "@/lib/services/context";
import { iso, isoOrNull } from "@/lib/services/fields";
import { mayManage, mayRead } from "./find";
import type { ExportRow } from "./insert";
import type { ExportView } from "./view";

/** Row to view, for one reader. */
export function toExportView(ctx: WorkspaceCtx, row: ExportRow): ExportView {
  return {
    id: row.id,
    log: row.kind,
    format: row.format,
    filename: row.filename,
    state: row.state,
    filters: filtersOf(row),
    ownOnly: row.memberId !== null,
    excel: row.options.excel ?? false,
    payloads: row.options.payloads ?? false,
    rows: row.rows,
    expectedRows: row.expectedRows,
    bytes: row.bytes,
    sha256: row.sha256,
    problem: row.problem,
    createdBy: row.createdByName,
    createdAt: iso(row.createdAt),
    finishedAt: isoOrNull(row.finishedAt),
    expiresAt: isoOrNull(row.expiresAt),
    mayDownload: mayRead(ctx, row),
    mayManage: mayManage(ctx, row),
  };
}

/** Filters as stored: plain texts. */
export const filtersOf = ({ filters }: Pick<ExportRow, "filters">): Record<string, string> =>
  Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, String(value)]));
