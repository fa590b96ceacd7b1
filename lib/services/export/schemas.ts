import { z } from "zod";
import type { ExportFormat, ExportKind, ExportState } from "@/db/schema/exports";
import { AuditFilters } from "@/lib/services/audit/schemas";
import { CallFilters } from "@/lib/services/call/schemas";
import { PageSize, Ref } from "@/lib/services/fields";

/** Same words as the schema's, repeated so that client code does not pull the schema in. */
export const ExportLog = z.enum(["calls", "audit"] satisfies readonly ExportKind[], "calls or audit");
export const ExportFormatName = z.enum(["csv", "jsonl"] satisfies readonly ExportFormat[], "csv or jsonl");
export const ExportStateName = z.enum([
  "queued",
  "running",
  "ready",
  "streamed",
  "failed",
  "canceled",
  "expired",
] satisfies readonly ExportState[]);

/** True or false, in a query as text. */
const Flag = z
  .union([z.boolean(), z.enum(["true", "false"])], "true or false")
  .transform((value) => value === true || value === "true");

const CSV = {
  /** Adds the byte order mark by which Excel knows UTF-8. */
  excel: Flag.optional(),
};
const PAYLOADS = {
  /** Adds kept arguments and results, where the workspace keeps them and your role may read them. */
  payloads: Flag.optional(),
};

/** `calls.csv`: the filters of the list. */
export const CallsCsvInput = z.strictObject({ ...CallFilters.shape, ...CSV });
/** `calls.jsonl` */
export const CallsJsonlInput = z.strictObject({ ...CallFilters.shape, ...PAYLOADS });
/** `audit.csv` */
export const AuditCsvInput = z.strictObject({ ...AuditFilters.shape, ...CSV });
/** `audit.jsonl`: the whole chain, which can be verified, or rows with the filters of the list. */
export const AuditJsonlInput = z.strictObject({
  ...AuditFilters.shape,
  /** `chain` (as if nothing is said): all events, oldest first, with the head as last line. `rows`: one line an event, as in `audit.csv`. */
  form: z.enum(["chain", "rows"], "chain or rows").optional(),
});

/** What is not a filter. */
export const ExportOptions = z.object({
  log: ExportLog,
  format: ExportFormatName.default("csv"),
  ...CSV,
  ...PAYLOADS,
});
export type ExportOptions = z.output<typeof ExportOptions>;

/** An export to be made in the background: which log, how, and the filters of its list. */
export const CreateExportInput = z.strictObject({
  ...AuditFilters.shape,
  ...CallFilters.shape,
  ...ExportOptions.shape,
});
export type CreateExportInput = z.input<typeof CreateExportInput>;

/** How many rows an export would have. */
export const EstimateExportInput = z.strictObject({ ...AuditFilters.shape, ...CallFilters.shape, log: ExportLog });
export type EstimateExportInput = z.input<typeof EstimateExportInput>;

/** Newest first; `cursor` is the id of the last row of the page before. */
export const ListExportsInput = z.strictObject({
  cursor: z
    .string()
    .regex(/^exp_[0-9a-z]{1,60}$/, "Not a cursor of this list")
    .optional(),
  limit: PageSize,
});
export type ListExportsInput = z.input<typeof ListExportsInput>;

export const ExportInput = z.strictObject({ export: Ref });
export type ExportInput = z.input<typeof ExportInput>;
