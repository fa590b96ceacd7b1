import { and, desc, lt, lte, type SQL } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { csvRows } from "@/lib/csv";
import { audit } from "@/lib/services/audit/record";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { CALL_COLUMNS } from "./csv-columns";
import { callCondition } from "./filters";
import { CallFilters, type CallFiltersInput } from "./schemas";

const PAGE_ROWS = 5_000;
/** Rows turned to text in one go; other requests get their turn in between. */
const SLICE_ROWS = 250;

export interface CsvExport {
  /** `calls_<workspace>_<from>_<to>Z.csv`; only letters, digits, `-`, `_` and `.`. */
  filename: string;
  /** CSV text in pieces, header first; pages are read only as fast as the reader takes them. */
  chunks: AsyncGenerator<string, void, undefined>;
}

/**
 * The call log as CSV, newest first, with the filters of the list. What exists when it starts is exported: later calls
 * have greater ids and stay out. The export is itself audited before the first byte. Plain members export their own calls.
 * @throws AppError `invalid`
 */
export async function exportCallsCsv(ctx: WorkspaceCtx, input: CallFiltersInput = {}): Promise<CsvExport> {
  const filters = parse(CallFilters, input);
  const until = filters.to && filters.to < ctx.now() ? filters.to : ctx.now();
  const condition = callCondition(ctx, filters);
  const [newest] = await ctx.db.select({ id: calls.id }).from(calls).where(condition).orderBy(desc(calls.id)).limit(1);
  const named = `${stamp(filters.from) ?? "start"}_${stamp(until)}Z`;
  const { id, slug, name } = ctx.workspace;
  const after = { format: "csv", filters: plain(filters), newest: newest?.id ?? null };
  await ctx.db.transaction((tx) => audit(tx, ctx, "export.create", { type: "workspace", id, name }, { after }));
  return { filename: `calls_${slug}_${named}.csv`, chunks: lines(ctx, condition, newest?.id) };
}

async function* lines(
  ctx: WorkspaceCtx,
  condition: SQL | undefined,
  newest: string | undefined,
): AsyncGenerator<string, void, undefined> {
  yield csvRows([CALL_COLUMNS.map(([name]) => name)]);
  if (newest === undefined) return;
  let bound = lte(calls.id, newest);
  for (;;) {
    const rows = await ctx.db
      .select()
      .from(calls)
      .where(and(condition, bound))
      .orderBy(desc(calls.id))
      .limit(PAGE_ROWS);
    for (let at = 0; at < rows.length; at += SLICE_ROWS) {
      const slice = rows.slice(at, at + SLICE_ROWS);
      yield csvRows(slice.map((row) => CALL_COLUMNS.map(([, value]) => value(row, ctx.workspace.slug))));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    bound = lt(calls.id, last.id);
  }
}

const stamp = (time: Date | undefined): string | undefined => time?.toISOString().slice(0, 19).replaceAll(":", "-");

const plain = (filters: CallFilters) =>
  Object.fromEntries(
    Object.entries(filters).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  );
