import { AppError } from "@/lib/errors";
import type { WorkspaceCtx } from "@/lib/services/context";
import { iso, isoOrNull } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { requireReader } from "./download";
import { findExport } from "./find";
import type { ExportRow } from "./insert";
import { columnsOf } from "./rows";
import { ExportInput } from "./schemas";
import { filtersOf } from "./to-view";
import type { ManifestView } from "./view";

const ESCAPED =
  "Every text cell is safe to open in a spreadsheet: a line that begins with = + - @ | (also full-width, or behind blanks, quotes or characters that show nothing) has an apostrophe in front, NUL is left out, line breaks inside a cell are LF. Numbers and times are as they are. JSONL has the values unchanged.";
const RAW = "Values are unchanged.";

/** What a finished export holds and how it was made, for whoever keeps the file. @throws AppError `not_found`, `forbidden`, `conflict` */
export async function exportManifest(ctx: WorkspaceCtx, input: ExportInput): Promise<ManifestView> {
  const { export: ref } = parse(ExportInput, input);
  const row = await findExport(ctx.db, ctx, ref);
  requireReader(ctx, row);
  if (row.sha256 === null) throw new AppError("conflict", "There is no whole file that a manifest could be of.");
  const filters = filtersOf(row);
  const { from = null, to } = filters;
  const created = iso(row.createdAt);
  return {
    schema: 1,
    id: row.id,
    file: row.filename,
    workspace: ctx.workspace.slug,
    log: row.kind,
    format: row.format,
    filters,
    range: { from, to: to !== undefined && to < created ? to : created },
    columns: columnsOfFile(row),
    ownOnly: row.memberId !== null,
    rows: row.rows,
    bytes: row.bytes,
    sha256: row.sha256,
    exporter: { id: row.createdBy, name: row.createdByName, role: row.createdByRole },
    created,
    finished: isoOrNull(row.finishedAt),
    escaping: row.format === "csv" ? ESCAPED : RAW,
  };
}

function columnsOfFile(row: ExportRow): string[] {
  if (row.filters.form === "chain") return [];
  return columnsOf({ log: row.kind, payloads: row.options.payloads ?? false });
}
