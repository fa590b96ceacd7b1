import { setImmediate } from "node:timers/promises";
import { and, count, desc, eq, lt, lte, type SQL, sql } from "drizzle-orm";
import { auditEvents } from "@/db/schema/audit-events";
import { calls } from "@/db/schema/calls";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import { type CsvValue, csvRows } from "@/lib/csv";
import { auditColumns } from "@/lib/services/audit/export-columns";
import { auditCondition } from "@/lib/services/audit/filters";
import { AuditFilters } from "@/lib/services/audit/schemas";
import { callColumns } from "@/lib/services/call/export-columns";
import { callCondition } from "@/lib/services/call/filters";
import { CallFilters } from "@/lib/services/call/schemas";
import type { Db } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { PAYLOAD_COLUMNS, payloadOpener, SEALED_COLUMNS } from "./payloads";
import type { ExportPlan } from "./plan";

/** Rows of one query: few enough that they die young, so that a long export costs next to no memory. With payloads (some 64 KiB each) far fewer. */
const PAGE_ROWS = 500;
const PAGE_ROWS_WITH_PAYLOADS = 50;
/**
 * Rows turned to text in one go; other requests get their turn in between. The text stays below 128 KiB: V8 keeps longer
 * strings until its next full collection, hundreds of MiB of them.
 */
const SLICE_ROWS = 100;
const BOM = "\ufeff";

/** Where rows come from; a context has all of it, and so has a worker. */
export interface ExportSource {
  db: Db;
  masterKeys: MasterKeys;
  now(): Date;
  workspace: { id: string; slug: string };
}

/** A piece of a file and how many rows it holds. */
export interface Piece {
  text: string;
  rows: number;
}

type Plan = Pick<ExportPlan, "log" | "format" | "excel" | "payloads" | "filters" | "memberId">;

const tableOf = ({ log }: Pick<Plan, "log">) => (log === "calls" ? calls : auditEvents);
const columnsFor = ({ log }: Pick<Plan, "log">, slug: string) =>
  log === "calls" ? callColumns(slug) : auditColumns(slug);

/** Names of the columns of a CSV file, and of the keys in JSONL. */
export const columnsOf = (plan: Pick<Plan, "log" | "payloads">): string[] => [
  ...Object.keys(columnsFor(plan, "")),
  ...(plan.payloads ? PAYLOAD_COLUMNS : []),
];

/** The greatest id that can belong to an export that starts now: what is recorded later stays out. */
export async function newestId({ db, workspace }: ExportSource, plan: Pick<Plan, "log">): Promise<string | null> {
  const table = tableOf(plan);
  const [row] = await db
    .select({ id: table.id })
    .from(table)
    .where(eq(table.workspaceId, workspace.id))
    .orderBy(desc(table.id))
    .limit(1);
  return row?.id ?? null;
}

/** Counts the rows of an export, but not beyond `limit`. */
export async function countRows(
  source: ExportSource,
  plan: Plan,
  newest: string | null,
  limit?: number,
): Promise<number> {
  if (newest === null) return 0;
  const table = tableOf(plan);
  const where = and(conditionOf(source, plan), lte(table.id, newest));
  const found = source.db
    .select({ one: sql`1`.as("one") })
    .from(table)
    .where(where);
  const some = limit === undefined ? found.as("found") : found.limit(limit).as("found");
  const [row] = await source.db.select({ rows: count() }).from(some);
  return row?.rows ?? 0;
}

/**
 * An export's text, newest row first, header included. Pages are read by id, the next one while this one is written, and
 * only as fast as the reader takes them.
 */
export async function* exportPieces(
  source: ExportSource,
  plan: Plan,
  newest: string | null,
): AsyncGenerator<Piece, void, undefined> {
  const names = columnsOf(plan);
  if (plan.format === "csv") yield { text: (plan.excel ? BOM : "") + csvRows([names]), rows: 0 };
  if (newest === null) return;
  const write = plan.format === "csv" ? csvRows : (rows: CsvValue[][]) => jsonLines(names, rows);
  const open = plan.payloads ? payloadOpener(source.db, source.masterKeys, source.workspace.id) : null;
  for await (const page of pages(source, plan, newest)) {
    for (let at = 0; at < page.length; at += SLICE_ROWS) {
      const slice = page.slice(at, at + SLICE_ROWS);
      const rows = open ? await Promise.all(slice.map(open)) : slice;
      yield { text: write(rows), rows: rows.length };
      await setImmediate();
    }
  }
}

/**
 * Each row comes as one JSON text that the database makes: taking its 29 columns out of the driver one by one would cost
 * several times what writing them does, in time and in garbage.
 */
async function* pages(source: ExportSource, plan: Plan, newest: string): AsyncGenerator<CsvValue[][], void, undefined> {
  const { db, workspace } = source;
  const table = tableOf(plan);
  const limit = plan.payloads ? PAGE_ROWS_WITH_PAYLOADS : PAGE_ROWS;
  const columns = [...Object.values(columnsFor(plan, workspace.slug)), ...(plan.payloads ? SEALED_COLUMNS : [])];
  const condition = conditionOf(source, plan);
  const read = async (bound: SQL): Promise<CsvValue[][]> => {
    const page = await db
      .select({ row: sql<string>`json_build_array(${sql.join(columns, sql`, `)})::text` })
      .from(table)
      .where(and(condition, bound))
      .orderBy(desc(table.id))
      .limit(limit);
    return page.map(({ row }): CsvValue[] => JSON.parse(row));
  };
  let next: Promise<CsvValue[][]> | null = ahead(read(lte(table.id, newest)));
  while (next) {
    const rows: CsvValue[][] = await next;
    const last = rows.at(-1)?.[0];
    next = typeof last === "string" && rows.length === limit ? ahead(read(lt(table.id, last))) : null;
    yield rows;
  }
}

function conditionOf({ workspace, now }: ExportSource, { log, filters, memberId }: Plan): SQL | undefined {
  if (log === "audit") return auditCondition(workspace.id, parse(AuditFilters, filters), now());
  const reader = { workspace, now, memberId: memberId ?? "", role: memberId === null ? "auditor" : "member" } as const;
  return callCondition(reader, parse(CallFilters, filters));
}

/** Work that is begun before anyone waits for it; should its reader be gone by the time it fails, nobody has to know. */
function ahead<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

/** Lines of JSONL: the columns as keys, values as they are, nothing escaped for spreadsheets. */
const jsonLines = (names: string[], rows: unknown[][]): string =>
  rows.map((row) => `${JSON.stringify(Object.fromEntries(names.map((name, at) => [name, row[at]])))}\n`).join("");
