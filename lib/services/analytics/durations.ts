import { type SQL, sql } from "drizzle-orm";
import type { Grain, LatencySlice } from "@/db/schema/call-rollups";
import { percentile } from "@/lib/latency-buckets";
import type { Db } from "@/lib/services/context";
import { type Axis, DAY_MS, stepStart } from "./axis";
import { isTail, rawConditions, rawTimes, type Scope, stepOf } from "./facts";
import { DURATIONS, IN_BUCKET } from "./fold";
import { piecesOf } from "./pieces";
import { rowsOf } from "./rows";
import type { LatencyView } from "./view";

/** Newest calls that are looked at where no histogram is kept for the filters. */
const SAMPLE = 10_000;

type Part = "total" | "upstream" | "gateway";
type Percentiles = LatencyView["overall"]["total"];
export type Histogram = Record<Part, number[]>;

export interface Durations {
  /** By start of the step, ms UTC; one entry under 0 where no axis was given. */
  steps: Map<number, Histogram>;
  overall: Record<Part, Percentiles>;
  /** Set where older calls were left out: how many were looked at. */
  sampled: number | null;
}

interface Row {
  at: number;
  bucket: number;
  total: number;
  upstream: number;
  gateway: number;
}

/**
 * How long the calls of a range took, in histograms. From rollups where there are some for these filters (none, a server, a
 * tool with its server, a member), else from the newest calls themselves.
 * @param axis gives a histogram for each of its steps besides
 */
export async function durations(
  db: Db,
  scope: Scope,
  range: Pick<Axis, "from" | "to" | "grain">,
  axis?: Pick<Axis, "step">,
): Promise<Durations> {
  const at = axis ? stepOf(axis) : sql`0::float8`;
  const slice = latencySlice(scope);
  if (slice === null) return sample(db, scope, range, at);
  const rows = await rowsOf<Row>(
    db,
    sql`SELECT ${at} AS at, bucket::int AS bucket, sum(total)::float8 AS total, sum(upstream)::float8 AS upstream,
      sum(gateway)::float8 AS gateway FROM ${latencyFacts(scope, range, slice, { steps: axis !== undefined })} GROUP BY 1, 2`,
  );
  return { ...gather(rows), sampled: null };
}

/** The slice whose histograms are of exactly these filters; null: there is none. */
function latencySlice({ where }: Scope): LatencySlice | null {
  const asked = Object.keys(where).sort().join(" ");
  const slices: Record<string, LatencySlice> = {
    "": "total",
    server: "server",
    "server tool": "tool",
    member: "member",
  };
  return slices[asked] ?? null;
}

const BUCKETS_OF_CALL = sql.raw(`d.bucket, ${IN_BUCKET}`);
const COUNTED = sql`c.id < (SELECT up_to FROM rollup_state WHERE id = 'calls')`;
const instant = (ms: number) => sql`to_timestamp(${ms}::float8 / 1000)`;

/**
 * Rollups and calls, much as `facts` has them: columns `start`, `server`, `tool`, `bucket`, `total`, `upstream`, `gateway`. A
 * range that does not begin or end with a day takes in the whole day, unless its steps are hours.
 * @param options.steps keeps the range's steps apart; without, whole weeks are one
 * @param options.only a condition on server and tool
 * @param options.totals leaves `upstream` and `gateway` at 0: taking arrays apart is what costs, and each is as long as the other
 */
export function latencyFacts(
  scope: Scope,
  { from, to, grain }: Pick<Axis, "from" | "to" | "grain">,
  slice: LatencySlice,
  { steps = false, only = sql`true`, totals = false }: { steps?: boolean; only?: SQL; totals?: boolean } = {},
): SQL {
  const { workspaceId, where, now } = scope;
  const oneTool = slice === "tool" && where.tool !== undefined;
  const keys = [
    sql`workspace_id = ${workspaceId} AND slice = ${sql.raw(`'${slice}'`)}`,
    sql`member_id = ${slice === "member" ? where.member : ""}`,
    ...(slice === "tool" && !oneTool
      ? []
      : [sql`server = ${where.server ?? ""} AND tool = ${oneTool ? where.tool : ""}`]),
  ];
  const fromCalls = (times: SQL) => sql`SELECT date_trunc('hour', c.occurred_at, 'UTC') AS start, c.server, c.tool,
      ${BUCKETS_OF_CALL} FROM calls c CROSS JOIN LATERAL ${sql.raw(DURATIONS)}
    WHERE ${sql.join([sql`c.workspace_id = ${workspaceId}`, times, ...rawConditions(where)], sql` AND `)}
      AND c.duration_ms IS NOT NULL AND d.bucket IS NOT NULL AND ${only}`;
  const day = (ms: number) => stepStart(ms, "day");
  const pieces = (start: number, end: number, of: Grain) =>
    piecesOf(start, end, { grain: of, now: now.getTime(), hoursStay: false });
  const read =
    grain === "hour"
      ? pieces(from.getTime(), to.getTime(), "hour")
      : pieces(day(from.getTime()), day(to.getTime() - 1) + DAY_MS, steps ? grain : "week");
  const unfolded = totals
    ? sql.raw("unnest(r.total) WITH ORDINALITY AS b(total, bucket)")
    : sql.raw("unnest(r.total, r.upstream, r.gateway) WITH ORDINALITY AS b(total, upstream, gateway, bucket)");
  const others = totals
    ? sql.raw("0 AS upstream, 0 AS gateway")
    : sql.raw("coalesce(b.upstream, 0) AS upstream, coalesce(b.gateway, 0) AS gateway");
  const some = totals ? sql.raw("b.total > 0") : sql.raw("(b.total > 0 OR b.upstream > 0 OR b.gateway > 0)");
  const parts = read.map((piece) =>
    piece.of === "raw"
      ? fromCalls(sql`${rawTimes(piece.from, piece.to)} AND ${COUNTED}`)
      : sql`SELECT start, server, tool, (b.bucket - 1)::int AS bucket, coalesce(b.total, 0) AS total, ${others}
          FROM latency_rollups r CROSS JOIN LATERAL ${unfolded}
          WHERE ${sql.join(keys, sql` AND `)} AND grain = ${sql.raw(`'${piece.of}'`)}
            AND start >= ${instant(piece.from)} AND start < ${instant(piece.to)} AND ${only} AND ${some}`,
  );
  parts.push(fromCalls(sql`${rawTimes(from.getTime(), to.getTime())} AND ${isTail(scope.watermark)}`));
  return sql`(${sql.join(parts, sql` UNION ALL `)}) AS facts`;
}

/**
 * Filters apply to what the newest calls of the range are, so that no more than those are read however few fit. A member's, a
 * server's or a tool's calls have an index of their own, and are the newest of theirs.
 */
async function sample(db: Db, scope: Scope, range: Pick<Axis, "from" | "to">, at: SQL): Promise<Durations> {
  const { member, server, tool, ...others } = scope.where;
  const indexed =
    member !== undefined ? { member } : server !== undefined && tool !== undefined ? { server, tool } : {};
  const rest = {
    ...others,
    ...(indexed.member === undefined ? { member } : {}),
    ...("tool" in indexed ? {} : { server, tool }),
  };
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const first = sql.join([sql`c.workspace_id = ${scope.workspaceId}`, ...rawConditions(indexed)], sql` AND `);
  const then = sql.join([sql`true`, ...rawConditions(given)], sql` AND `);
  const rows = await rowsOf<Row & { seen: number }>(
    db,
    sql`WITH newest AS MATERIALIZED (SELECT * FROM calls c WHERE ${first}
        AND ${rawTimes(range.from.getTime(), range.to.getTime())} ORDER BY c.id DESC LIMIT ${SAMPLE}),
      counted AS (SELECT date_trunc('hour', c.occurred_at, 'UTC') AS start, ${BUCKETS_OF_CALL}
        FROM newest c CROSS JOIN LATERAL ${sql.raw(DURATIONS)}
        WHERE ${then} AND c.duration_ms IS NOT NULL AND d.bucket IS NOT NULL)
    SELECT ${at} AS at, bucket::int AS bucket, sum(total)::float8 AS total, sum(upstream)::float8 AS upstream,
      sum(gateway)::float8 AS gateway, (SELECT count(*)::int FROM newest) AS seen FROM counted GROUP BY 1, 2`,
  );
  const seen = rows[0]?.seen ?? 0;
  return { ...gather(rows), sampled: seen < SAMPLE ? null : seen };
}

const PARTS = ["total", "upstream", "gateway"] as const;
const empty = (): Histogram => ({ total: [], upstream: [], gateway: [] });

function gather(rows: readonly Row[]): Omit<Durations, "sampled"> {
  const steps = new Map<number, Histogram>();
  const all = empty();
  for (const row of rows) {
    const step = steps.get(row.at) ?? empty();
    steps.set(row.at, step);
    for (const histogram of [step, all])
      for (const part of PARTS) histogram[part][row.bucket] = (histogram[part][row.bucket] ?? 0) + row[part];
  }
  return {
    steps,
    overall: { total: percentiles(all.total), upstream: percentiles(all.upstream), gateway: percentiles(all.gateway) },
  };
}

/** p50, p95 and p99 in ms of a histogram; null where nothing is in it. */
export function percentiles(counts: readonly number[]): Percentiles {
  const whole = Array.from(counts, (count) => count ?? 0);
  return { p50: percentile(whole, 0.5), p95: percentile(whole, 0.95), p99: percentile(whole, 0.99) };
}
