import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { and, eq } from "drizzle-orm";
import { type ExportState, exportChunks } from "@/db/schema/exports";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findExport, mayRead } from "./find";
import { asTarget, type ExportRow } from "./insert";
import type { ExportFile } from "./record";
import { ExportInput } from "./schemas";

const unpack = promisify(gunzip);

/** Why there is no file, by state. */
const NO_FILE: Partial<Record<ExportState, string>> = {
  queued: "This export is not ready yet.",
  running: "This export is not ready yet.",
  streamed: "This file was sent while it was made, and is not kept. Export again.",
  failed: "This export failed. Export again.",
  canceled: "This export was canceled. Export again.",
  expired: "This file has expired. Export again.",
};

/**
 * The file of a finished export. The role is checked again: what it allowed when the export was asked for does not
 * count. Audited before the first byte.
 * @throws AppError `not_found`, `forbidden`, `conflict` where there is no file (yet, or any more)
 */
export async function downloadExport(ctx: WorkspaceCtx, input: ExportInput): Promise<ExportFile> {
  const { export: ref } = parse(ExportInput, input);
  const row = await findExport(ctx.db, ctx, ref);
  requireReader(ctx, row);
  const why = NO_FILE[row.state];
  if (why) throw new AppError("conflict", why);
  await ctx.db.transaction((tx) => audit(tx, ctx, "export.download", asTarget(row)));
  const { filename, format, bytes } = row;
  return { filename, format, bytes, chunks: unpacked(ctx.db, row) };
}

/** @throws AppError `forbidden` unless the actor may read what is in it by today's role */
export function requireReader(ctx: WorkspaceCtx, row: ExportRow): void {
  if (!mayRead(ctx, row))
    throw new AppError("forbidden", "Your role in this workspace does not let you read what is in this export.");
}

async function* unpacked(db: Db, { id, bytes }: ExportRow): AsyncGenerator<Uint8Array, void, undefined> {
  let sent = 0;
  for (let seq = 0; sent < bytes; seq++) {
    const [chunk] = await db
      .select({ data: exportChunks.data })
      .from(exportChunks)
      .where(and(eq(exportChunks.exportId, id), eq(exportChunks.seq, seq)));
    if (!chunk) throw new AppError("conflict", "This file was deleted while it was sent.");
    const part = await unpack(chunk.data);
    sent += part.length;
    yield part;
  }
}
