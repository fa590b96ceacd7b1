import type { ExportFormat, ExportKind } from "@/db/schema/exports";
import { allows } from "@/lib/access/permissions";
import { AppError } from "@/lib/errors";
import { resolveRange } from "@/lib/range";
import { AuditFilters } from "@/lib/services/audit/schemas";
import { CallFilters } from "@/lib/services/call/schemas";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { type CreateExportInput, ExportOptions } from "./schemas";

/** What is exported: everything that decides which rows a file has and how they are written. */
export interface ExportPlan {
  log: ExportKind;
  format: ExportFormat;
  excel: boolean;
  payloads: boolean;
  /** Absolute and plain, as it is stored, shown and read back by a worker. */
  filters: Record<string, string>;
  /** Whose calls: null for everyone's. */
  memberId: string | null;
  filename: string;
}

/**
 * Checks what is asked for against the actor's role, and makes a range by name absolute. Who may not read everyone's
 * calls gets their own.
 * @throws AppError `forbidden`, `invalid`
 */
export function planExport(ctx: WorkspaceCtx, input: CreateExportInput): ExportPlan {
  const { log, format, excel = false, payloads = false } = parse(ExportOptions, input);
  if (log === "audit") requirePermission(ctx, "audit.read");
  if (payloads) requirePermission(ctx, "call.payload");
  if (payloads && (log !== "calls" || format !== "jsonl"))
    throw new AppError("invalid", "Payloads are in the JSONL of calls only.", { field: "payloads" });
  if (excel && format !== "csv") throw new AppError("invalid", "Only CSV can be made for Excel.", { field: "excel" });
  const given = Object.fromEntries(Object.entries(input).filter(([name]) => !Object.hasOwn(ExportOptions.shape, name)));
  const { range, ...filters } = log === "calls" ? parse(CallFilters, given) : parse(AuditFilters, given);
  const now = ctx.now();
  const from = resolveRange({ ...filters, range }, now).from ?? undefined;
  const to = range ? now : filters.to;
  const until = to && to < now ? to : now;
  return {
    log,
    format,
    excel,
    payloads,
    filters: plain({ ...filters, from, to }),
    memberId: log === "audit" || allows(ctx.role, "call.read") ? null : ctx.memberId,
    filename: `${log}_${ctx.workspace.slug}_${from ? stamp(from) : "start"}_${stamp(until)}Z.${format}`,
  };
}

/** Time as a file name has it; every system takes `-`, not every one `:`. */
export const stamp = (time: Date): string => time.toISOString().slice(0, 19).replaceAll(":", "-");

const plain = (filters: Record<string, string | Date | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value instanceof Date ? value.toISOString() : value]],
    ),
  );
