import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";
import { ExportFormatName, ExportLog, ExportStateName } from "./schemas";

/** Above this many rows a file is made in the background. */
export const ROWS_AT_ONCE = 250_000;

/** One export, made, being made or gone. */
export const ExportView = z.object({
  id: z.string(),
  log: ExportLog,
  format: ExportFormatName,
  filename: z.string(),
  state: ExportStateName,
  /** As asked for; a named range stands here as `from` and `to`, UTC. */
  filters: z.record(z.string(), z.string()),
  /** It holds one member's own calls, not those of the workspace. */
  ownOnly: z.boolean(),
  excel: z.boolean(),
  payloads: z.boolean(),
  /** Rows so far, and how many it will be; null where nobody counted. */
  rows: z.number().int(),
  expectedRows: z.number().int().nullable(),
  /** Of the file as downloaded. */
  bytes: z.number().int(),
  sha256: z.string().nullable(),
  /** Why it failed, in words. */
  problem: z.string().nullable(),
  createdBy: z.string(),
  createdAt: IsoTime,
  finishedAt: IsoTime.nullable(),
  /** The file can be downloaded until then. */
  expiresAt: IsoTime.nullable(),
  /** Your role lets you have the file and its manifest. */
  mayDownload: z.boolean(),
  /** Your role lets you cancel and delete it. */
  mayManage: z.boolean(),
});
export type ExportView = z.infer<typeof ExportView>;

export const ExportPage = z.object({ exports: z.array(ExportView), nextCursor: z.string().nullable() });
export type ExportPage = z.infer<typeof ExportPage>;

/** How large an export would be. */
export const EstimateView = z.object({
  rows: z.number().int(),
  /** False: counted by the hour, and some more than can be made at once. */
  exact: z.boolean(),
  /** Too many to be sent at once: it is made in the background. */
  background: z.boolean(),
});
export type EstimateView = z.infer<typeof EstimateView>;

/** What a file holds and how it was made, beside the file, which holds nothing but rows. */
export const ManifestView = z.object({
  schema: z.literal(1),
  id: z.string(),
  file: z.string(),
  workspace: z.string(),
  log: ExportLog,
  format: ExportFormatName,
  filters: z.record(z.string(), z.string()),
  /** UTC; null: open. `to` is never later than the time it was made. */
  range: z.object({ from: IsoTime.nullable(), to: IsoTime }),
  columns: z.array(z.string()),
  ownOnly: z.boolean(),
  rows: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string(),
  exporter: z.object({ id: z.string().nullable(), name: z.string(), role: z.string() }),
  created: IsoTime,
  finished: IsoTime.nullable(),
  /** How text was changed so that no spreadsheet takes it for a formula. */
  escaping: z.string(),
});
export type ManifestView = z.infer<typeof ManifestView>;
