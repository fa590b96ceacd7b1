import { AppError } from "@/lib/errors";
import { exportAuditJsonl } from "@/lib/services/audit/export-jsonl";
import { cancelExport } from "@/lib/services/export/cancel";
import { createExport } from "@/lib/services/export/create";
import { downloadExport } from "@/lib/services/export/download";
import { estimateExport } from "@/lib/services/export/estimate";
import { getExport } from "@/lib/services/export/get";
import { listExports } from "@/lib/services/export/list";
import { exportManifest } from "@/lib/services/export/manifest";
import { removeExport } from "@/lib/services/export/remove";
import {
  AuditCsvInput,
  AuditJsonlInput,
  CallsCsvInput,
  CallsJsonlInput,
  CreateExportInput,
  EstimateExportInput,
  ExportInput,
  ListExportsInput,
} from "@/lib/services/export/schemas";
import { streamExport } from "@/lib/services/export/stream";
import { EstimateView, ExportPage, ExportView, ManifestView } from "@/lib/services/export/view";
import { DeletedView } from "@/lib/services/workspace/view";
import { downloadResponse } from "./download-response";
import { type Operation, workspaceOperation } from "./operation";

const JSON_LINES = "application/jsonl";

/** Calls and audit events as files: at once, or made in the background and kept for some days. */
export const exportRoutes: Operation[] = [
  workspaceOperation("Calls", "GET", "/calls.csv", {
    summary: "Export attributed calls as CSV, newest first, with the filters of the list",
    input: CallsCsvInput,
    output: null,
    media: "text/csv",
    run: async (ctx, input) => downloadResponse(await streamExport(ctx, { ...input, log: "calls", format: "csv" })),
  }),
  workspaceOperation("Calls", "GET", "/calls.jsonl", {
    summary: "Export attributed calls as JSON lines, for a SIEM; `payloads` adds kept arguments and results",
    input: CallsJsonlInput,
    output: null,
    media: JSON_LINES,
    run: async (ctx, input) => downloadResponse(await streamExport(ctx, { ...input, log: "calls", format: "jsonl" })),
  }),
  workspaceOperation("Audit", "GET", "/audit.csv", {
    summary: "Export audit events as CSV, newest first, with the filters of the list",
    input: AuditCsvInput,
    output: null,
    media: "text/csv",
    run: async (ctx, input) => downloadResponse(await streamExport(ctx, { ...input, log: "audit", format: "csv" })),
  }),
  workspaceOperation("Audit", "GET", "/audit.jsonl", {
    summary:
      "Export the audit log's chain as JSON lines, oldest first, the last line is its head; `form=rows` for events with filters",
    input: AuditJsonlInput,
    output: null,
    media: JSON_LINES,
    run: async (ctx, { form = "chain", ...input }) => {
      if (form !== "chain")
        return downloadResponse(await streamExport(ctx, { ...input, log: "audit", format: "jsonl" }));
      const field = Object.keys(input)[0];
      if (field !== undefined)
        throw new AppError("invalid", "The chain is exported whole. Say form=rows to filter.", { field });
      return downloadResponse(await exportAuditJsonl(ctx));
    },
  }),
  workspaceOperation("Exports", "GET", "/exports", {
    summary: "List exports, newest first; members see their own",
    input: ListExportsInput,
    output: ExportPage,
    run: listExports,
  }),
  workspaceOperation("Exports", "POST", "/exports", {
    summary: "Make a file in the background, of any size; it is kept for 7 days",
    input: CreateExportInput,
    output: ExportView,
    status: 201,
    run: createExport,
  }),
  workspaceOperation("Exports", "GET", "/exports/estimate", {
    summary: "How many rows an export would have, and whether it is better made in the background",
    input: EstimateExportInput,
    output: EstimateView,
    run: estimateExport,
  }),
  workspaceOperation("Exports", "GET", "/exports/{export}", {
    summary: "Read an export and how far it is",
    input: ExportInput,
    output: ExportView,
    run: getExport,
  }),
  workspaceOperation("Exports", "DELETE", "/exports/{export}", {
    summary: "Delete an export with its file",
    input: ExportInput,
    output: DeletedView,
    run: removeExport,
  }),
  workspaceOperation("Exports", "POST", "/exports/{export}/cancel", {
    summary: "Cancel an export that is not finished",
    input: ExportInput,
    output: ExportView,
    run: cancelExport,
  }),
  workspaceOperation("Exports", "GET", "/exports/{export}/file", {
    summary: "Download the file of a finished export; your role is checked again",
    input: ExportInput,
    output: null,
    media: "application/octet-stream",
    run: async (ctx, input) => downloadResponse(await downloadExport(ctx, input)),
  }),
  workspaceOperation("Exports", "GET", "/exports/{export}/manifest", {
    summary: "What a finished export holds: filters, range, columns, rows, SHA-256, who made it, how cells are escaped",
    input: ExportInput,
    output: ManifestView,
    run: exportManifest,
  }),
];
