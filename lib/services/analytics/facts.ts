import { type SQL, sql } from "drizzle-orm";
import type { Slice } from "@/db/schema/call-rollups";
import { idFloor } from "@/lib/ids";
import type { CallFilters } from "@/lib/services/call/schemas";
import { type Axis, DAY_MS, HOUR_MS, MONDAY } from "./axis";
import { type Piece, piecesOf } from "./pieces";
import { COLUMNS, column, DIMS, type Dim, hoursStay, sliceFor } from "./slices";

/** Nodes' clocks and the making of an id may differ this much from `occurred_at`, in ms. */
const SLACK_MS = 60_000;

/** Filters of the calls of one workspace, without their time. */
export type Where = Partial<Record<Dim, string>>;

/** Whose calls, which, and how far the rollups reach. */
export interface Scope {
  workspaceId: string;
  where: Where;
  /** No greater than what the database says; see `watermark`. */
  watermark: string;
  now: Date;
}

export const whereOf = (filters: CallFilters): Where => {
  const { member, server, tool, kind, client, outcome, errorClass } = filters;
  const all: Where = { member, server, tool, kind, client, outcome, errorClass };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

const cutTo = (dim: Dim, value: string): string => {
  const { length } = COLUMNS[dim];
  return length === null ? value : [...value].slice(0, length).join("");
};

/** The filters as conditions on rollups. */
export const rollupConditions = (where: Where): SQL[] =>
  (Object.entries(where) as [Dim, string][]).map(([dim, value]) => sql`${column(dim)} = ${cutTo(dim, value)}`);

/** The filters as conditions on `calls c`; plain columns where an index has them. */
export const rawConditions = (where: Where): SQL[] =>
  (Object.entries(where) as [Dim, string][]).map(([dim, value]) =>
    dim === "client" || dim === "errorClass"
      ? sql`${sql.raw(COLUMNS[dim].raw)} = ${cutTo(dim, value)}`
      : dim === "kind" || dim === "version"
        ? sql`${sql.raw(COLUMNS[dim].raw)} = ${value}`
        : sql`c.${column(dim)} = ${value}`,
  );

const instant = (ms: number): SQL => sql`to_timestamp(${ms}::float8 / 1000)`;
const floor = (ms: number): string => idFloor("call", Math.max(0, ms));

/** Ids and times of a piece of raw calls. */
export const rawTimes = (from: number, to: number): SQL =>
  sql`c.id >= ${floor(from - SLACK_MS)} AND c.id < ${floor(to + SLACK_MS)}
    AND c.occurred_at >= ${instant(from)} AND c.occurred_at < ${instant(to)}`;

/** The end of the rollups in the very snapshot of the statement; the constant beside it lets the planner skip months. */
export const isTail = (watermark: string): SQL =>
  sql`c.id >= ${watermark} AND c.id >= (SELECT up_to FROM rollup_state WHERE id = 'calls')`;
const isCounted = sql`c.id < (SELECT up_to FROM rollup_state WHERE id = 'calls')`;

function fromRollups(scope: Scope, slice: Slice, piece: Piece): SQL {
  const conditions = [
    sql`workspace_id = ${scope.workspaceId} AND slice = ${sql.raw(`'${slice}'`)} AND grain = ${sql.raw(`'${piece.of}'`)}`,
    sql`start >= ${instant(piece.from)} AND start < ${instant(piece.to)}`,
    ...rollupConditions(scope.where),
  ];
  return sql`SELECT start, ${sql.raw(DIMS.map((dim) => COLUMNS[dim].name).join(", "))}, calls, actor_name, last_at
    FROM call_rollups WHERE ${sql.join(conditions, sql` AND `)}`;
}

function fromCalls(scope: Scope, times: SQL): SQL {
  const conditions = [sql`c.workspace_id = ${scope.workspaceId}`, times, ...rawConditions(scope.where)];
  const named = DIMS.map((dim) => `${COLUMNS[dim].raw} AS ${COLUMNS[dim].name}`);
  return sql`SELECT date_trunc('hour', c.occurred_at, 'UTC') AS start, ${sql.raw(named.join(", "))}, 1 AS calls,
    c.actor_name, c.occurred_at AS last_at FROM calls c WHERE ${sql.join(conditions, sql` AND `)}`;
}

/**
 * The one source of every figure: calls of the scope from `from` to `to`, counted. Rollups where they reach, the calls
 * themselves for the rest (the newest minutes, and what sticks out over whole hours or days at the edges); each call is in
 * exactly one of them, so all that is built on it adds up, and to the calls in the log.
 * Columns: `start` (of an hour, a day or a week), those of `COLUMNS`, `calls`, `actor_name`, `last_at`.
 * @param dims what must be told apart besides the filters; others may be empty
 */
export function facts(scope: Scope, range: { from: Date; to: Date; grain: Axis["grain"] }, dims: readonly Dim[]): SQL {
  const asked = [...dims, ...(Object.keys(scope.where) as Dim[])];
  const [from, to] = [range.from.getTime(), range.to.getTime()];
  const now = scope.now.getTime();
  const pieces = piecesOf(from, to, { grain: range.grain, now, hoursStay: hoursStay(sliceFor(asked, "hour")) });
  const parts = pieces.map((piece) =>
    piece.of === "raw"
      ? fromCalls(scope, sql`${rawTimes(piece.from, piece.to)} AND ${isCounted}`)
      : fromRollups(scope, sliceFor(asked, piece.of), piece),
  );
  parts.push(fromCalls(scope, sql`${rawTimes(from, to)} AND ${isTail(scope.watermark)}`));
  return sql`(${sql.join(parts, sql` UNION ALL `)}) AS facts`;
}

/** The same range where its steps do not matter: few rows of weeks instead of many. */
export const whole = ({ from, to }: Pick<Axis, "from" | "to">) => ({ from, to, grain: "week" as const });

/** Start of the step of the axis that a row of facts lies in, ms UTC. Plain numbers: `date_trunc` in a zone takes most of a chart's time. */
export function stepOf({ step }: Pick<Axis, "step">): SQL {
  const width = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS }[step];
  const base = step === "week" ? MONDAY : 0;
  return sql.raw(`(floor((date_part('epoch', start) * 1000 - ${base}) / ${width}) * ${width} + ${base})`);
}

/** What calls are errors: they failed, or were refused. */
export const IS_ERROR = sql.raw("outcome IN ('error', 'tool_error', 'denied')");
