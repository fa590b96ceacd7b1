import { and, desc, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Slice } from "@/db/schema/call-rollups";
import { calls } from "@/db/schema/calls";
import { idFloor, timeOfId } from "@/lib/ids";
import { DAY_MS, stepStart } from "@/lib/services/analytics/axis";
import { rollupConditions, type Where } from "@/lib/services/analytics/facts";
import { rowsOf } from "@/lib/services/analytics/rows";
import { watermark } from "@/lib/services/analytics/scope";
import { COLUMNS, SLICE_DIMS } from "@/lib/services/analytics/slices";
import type { WorkspaceCtx } from "@/lib/services/context";
import { SLACK_MS } from "./filters";

type Row = typeof calls.$inferSelect;

export interface Search {
  /** The same as `condition`, without its time. */
  where: Where;
  condition: SQL | undefined;
  from: Date | null;
  to: Date | null;
  cursor: string | undefined;
  /** How many rows at most. */
  need: number;
}

/** Calls of one day or week that are alike in what the rollups tell apart; ms UTC. */
interface Cell {
  start: number;
  /** Whether server and tool are told apart. */
  byTool: boolean;
  member: string;
  server: string;
  tool: string;
  calls: number;
  first: number;
  last: number;
}

/** Cells that one look fetches. */
const CELLS = 400;
/** Weeks that hold enough calls to be looked at day by day. */
const FEW_WEEKS = 4;

/**
 * Newest calls for filters that no index has, however rare they are. An index on each would have to be written with every call;
 * instead the rollups tell on which days there are such calls at all, and of which tools. Days with many are read from their
 * end; of the others only the spans between the first and the last such call of a tool (or member), often a single moment.
 */
export async function findSparse(ctx: WorkspaceCtx, search: Search): Promise<Row[]> {
  const upTo = await watermark(ctx.db, ctx.now());
  const { need } = search;
  const found = await read(ctx, search, gte(calls.id, upTo), need);
  const end = search.cursor ? timeOfId(search.cursor) : (search.to ?? ctx.now()).getTime();
  // Looks get wider: what cells promise need not be there (see `cellsOf`).
  for (let before = end + SLACK_MS, wide = 1; found.length < need; wide *= 2) {
    const cells = await nextCells(ctx, search, before, (need - found.length) * wide);
    if (cells.length === 0) break;
    const [day] = cells;
    if (!day) break;
    const ofDay = cells.filter(({ start }) => start === day.start);
    const many = ofDay.length === CELLS || sum(ofDay) >= need - found.length;
    const taken = many ? ofDay : untilEnough(cells, (need - found.length) * wide);
    before = Math.min(...taken.map(({ start }) => start));
    if (many) {
      const within = and(gte(calls.id, floor(before - SLACK_MS)), lt(calls.id, floor(before + DAY_MS + SLACK_MS)));
      found.push(...(await read(ctx, search, and(within, lt(calls.id, upTo)), need - found.length, found)));
    } else found.push(...(await readCells(ctx, search, taken, upTo, need - found.length, found)));
  }
  return found;
}

const floor = (ms: number): string => idFloor("call", Math.max(0, ms));
const sum = (cells: readonly Cell[]): number => cells.reduce((all, cell) => all + cell.calls, 0);

/** Whole days of these cells, until there are enough calls in them; the last day may not be whole, so it waits for the next look. */
function untilEnough(cells: readonly Cell[], enough: number): Cell[] {
  const last = cells.length < CELLS ? null : cells.at(-1)?.start;
  const taken: Cell[] = [];
  let calls = 0;
  for (const cell of cells) {
    if (cell.start === last) break;
    if (calls >= enough && cell.start !== taken.at(-1)?.start) break;
    taken.push(cell);
    calls += cell.calls;
  }
  return taken;
}

function read(
  ctx: WorkspaceCtx,
  search: Search,
  within: SQL | undefined,
  limit: number,
  known: readonly Row[] = [],
): Promise<Row[]> {
  return ctx.db
    .select()
    .from(calls)
    .where(and(search.condition, within, below(search, known)))
    .orderBy(desc(calls.id))
    .limit(limit);
}

/** Days overlap by the slack, so what was found already ends the next look. */
function below({ cursor }: Search, known: readonly Row[]): SQL | undefined {
  const id = known.at(-1)?.id ?? cursor;
  return id === undefined ? undefined : lt(calls.id, id);
}

/**
 * The smallest slice that knows what is asked for and names a member or a tool, by which calls have an index. A member's days
 * are told apart by tool as well: a whole day of theirs would be too much to read for the few that fit.
 */
function sliceOf(where: Where, grain: "day" | "week"): Slice {
  if (where.member === undefined) {
    const asked = Object.keys(where) as (keyof Where)[];
    return grain === "week" && asked.every((dim) => SLICE_DIMS.tools.includes(dim)) ? "tools" : "what";
  }
  return where.server === undefined && where.tool === undefined && grain === "week" ? "who" : "all";
}

/**
 * The newest cells before `before`. Weeks tell where to look: where it takes many of them, their own spans are short enough;
 * else the days in them are, which are shorter.
 */
async function nextCells(ctx: WorkspaceCtx, search: Search, before: number, enough: number): Promise<Cell[]> {
  for (let end = before; ; ) {
    const weeks = await cellsOf(ctx, search, "week", { from: 0, before: end });
    const first = untilEnough(weeks, enough);
    if (weeks.length === 0 || new Set(first.map(({ start }) => start)).size > FEW_WEEKS) return weeks;
    const from = Math.min(...(first.length > 0 ? first : weeks).map(({ start }) => start));
    const days = await cellsOf(ctx, search, "day", { from, before });
    if (days.length > 0) return days;
    end = from;
  }
}

/** Cells of one grain. Calls that were still running when they were counted may have ended in any way since. */
async function cellsOf(
  ctx: WorkspaceCtx,
  search: Search,
  grain: "day" | "week",
  range: { from: number; before: number },
): Promise<Cell[]> {
  const { outcome, errorClass, ...others } = search.where;
  const slice = sliceOf(search.where, grain);
  const exact = outcome === "pending" ? { ...others, outcome: "unknown" } : search.where;
  const unsure = outcome === undefined && errorClass === undefined ? null : { ...others, outcome: "unknown" };
  const from = Math.max(range.from, search.from === null ? 0 : stepStart(search.from.getTime(), grain));
  const select = (
    where: Where,
  ) => sql`(SELECT start, slice <> 'who' AS by_tool, member_id, server, tool, calls, first_at, last_at FROM call_rollups
    WHERE ${sql.join(
      [
        sql`workspace_id = ${ctx.workspace.id} AND slice = ${sql.raw(`'${slice}'`)} AND grain = ${sql.raw(`'${grain}'`)}`,
        sql`start >= to_timestamp(${from}::float8 / 1000) AND start < to_timestamp(${range.before}::float8 / 1000)`,
        ...rollupConditions(where),
      ],
      sql` AND `,
    )} ORDER BY start DESC LIMIT ${CELLS})`;
  const both =
    unsure && exact.outcome !== "unknown" ? sql`${select(exact)} UNION ALL ${select(unsure)}` : select(exact);
  const ms = (name: string) => sql.raw(`(extract(epoch FROM ${name}) * 1000)::float8`);
  return rowsOf<Cell>(
    ctx.db,
    sql`SELECT ${ms("start")} AS start, by_tool AS "byTool", member_id AS member, server, tool, calls::float8 AS calls, ${ms("first_at")} AS first,
      ${ms("last_at")} AS last FROM (${both}) AS cells ORDER BY 1 DESC LIMIT ${CELLS}`,
  );
}

async function readCells(
  ctx: WorkspaceCtx,
  search: Search,
  cells: readonly Cell[],
  upTo: string,
  limit: number,
  known: readonly Row[],
): Promise<Row[]> {
  const whole = cells.every(
    ({ server, tool }) => server.length < (COLUMNS.server.length ?? 0) && tool.length < (COLUMNS.tool.length ?? 0),
  );
  const spans = sql.join(
    cells.map(
      ({ server, tool, first, last }) =>
        sql`(${server}::text, ${tool}::text, ${floor(first - SLACK_MS)}::text, ${floor(last + SLACK_MS)}::text)`,
    ),
    sql`, `,
  );
  const own =
    cells.some(({ byTool }) => byTool) && whole
      ? sql`AND calls.server = cell.server AND calls.tool = cell.tool`
      : sql``;
  const rows = await rowsOf<{ id: string }>(
    ctx.db,
    sql`SELECT DISTINCT hit.id FROM (VALUES ${spans}) AS cell(server, tool, low, high)
      CROSS JOIN LATERAL (SELECT calls.id FROM calls WHERE ${and(search.condition, lt(calls.id, upTo), below(search, known))}
        ${own} AND calls.id >= cell.low AND calls.id < cell.high ORDER BY calls.id DESC LIMIT ${limit}) AS hit
      ORDER BY hit.id DESC LIMIT ${limit}`,
  );
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  return ctx.db.select().from(calls).where(inArray(calls.id, ids)).orderBy(desc(calls.id));
}
