import { type SQL, sql } from "drizzle-orm";
import { GRAINS, type Grain, type LatencySlice, type Slice } from "@/db/schema/call-rollups";
import { idFloor } from "@/lib/ids";
import { bucketSql } from "@/lib/latency-buckets";
import { DAY_MS } from "./axis";
import { COLUMNS, DIMS, type Dim, HOURS_KEPT_DAYS, hoursStay, SLICE_DIMS, WEEKS_ONLY } from "./slices";

/** Calls that one step counts: ids from one (inclusive) to another. */
export interface Part {
  from: string;
  end: string;
  now: number;
}

const NAMES = DIMS.map((dim) => COLUMNS[dim].name).join(", ");
const within = ({ from, end }: Part): SQL => sql`c.id >= ${from} AND c.id < ${end}`;
const startOf = (grain: Grain, of: string): string => `date_trunc('${grain}', ${of}, 'UTC')`;

/**
 * Hours that would be removed at once are not made. A step of nothing else (most of a backlog) does without them from the
 * beginning; a day apart, because `occurred_at` and the time in an id may differ a little.
 */
const hoursSince = (now: number): number => now - HOURS_KEPT_DAYS * DAY_MS;
const isOld = ({ end, now }: Part): boolean => end <= idFloor("call", hoursSince(now) - DAY_MS);
const RECENT = (now: number): string => `start >= to_timestamp(${hoursSince(now)}::float8 / 1000)`;

type Made = [slice: Slice, grain: Grain, from: string];
const named = (slice: Slice): boolean => SLICE_DIMS[slice].includes("member");
/** The columns of all dimensions, empty where a slice does not tell them apart. */
const columns = (slice: Slice, of: (dim: Dim) => string): string =>
  DIMS.map((dim) => `${SLICE_DIMS[slice].includes(dim) ? of(dim) : "''::text"} AS ${COLUMNS[dim].name}`).join(", ");
/** What is still running now never ends: its node is gone. */
const ended = (dim: Dim): string =>
  dim === "outcome" ? "CASE c.outcome WHEN 'pending' THEN 'unknown' ELSE c.outcome END" : COLUMNS[dim].raw;

/** A slice out of the calls themselves. `newest` is the id of its newest call and who that was by; no id holds a space. */
const counted = (slice: Slice, grain: Grain, part: Part): SQL =>
  sql`${sql.raw(`${slice}_${grain} AS MATERIALIZED (SELECT c.workspace_id, ${startOf(grain, "c.occurred_at")} AS start,
    ${columns(slice, ended)}, count(*)::int AS calls, ${named(slice) ? "max(c.id || ' ' || c.actor_name)" : "''"} AS newest,
    min(c.occurred_at) AS first_at, max(c.occurred_at) AS last_at FROM calls c`)} WHERE ${within(part)}
    GROUP BY ${sql.raw(["c.workspace_id", startOf(grain, "c.occurred_at"), ...SLICE_DIMS[slice].map((dim) => ended(dim))].join(", "))})`;

/** A slice out of the same of a finer grain, or of the same grain of one that tells more apart. */
function summed([slice, grain, from]: Made): SQL {
  const keys = ["workspace_id", startOf(grain, "start"), ...SLICE_DIMS[slice].map((dim) => COLUMNS[dim].name)];
  return sql.raw(`${slice}_${grain} AS MATERIALIZED (SELECT workspace_id, ${startOf(grain, "start")} AS start,
    ${columns(slice, (dim) => COLUMNS[dim].name)}, sum(calls)::int AS calls, max(newest) AS newest, min(first_at) AS first_at,
    max(last_at) AS last_at FROM ${from} GROUP BY ${keys.join(", ")})`);
}

/** Counts of a part, into every slice of every grain. The calls are grouped once, and all else is made of that. */
export function countCalls(part: Part): SQL {
  const slices = (grain: Grain): Made[] => [
    ["what", grain, `all_${grain}`],
    ["who", grain, `all_${grain}`],
    ["how", grain, `who_${grain}`],
  ];
  const weeks = Object.entries(WEEKS_ONLY).map(([slice, of]): Made => [slice as Slice, "week", `${of}_week`]);
  const days: Made[] = [...slices("day"), ["all", "week", "all_day"], ...slices("week"), ...weeks];
  const made: Made[] = isOld(part) ? days : [...slices("hour"), ["all", "day", "all_hour"], ...days];
  const read: [Slice, Grain][] = isOld(part)
    ? [
        ["all", "day"],
        ["how", "hour"],
      ]
    : [["all", "hour"]];
  const into = [...read, ...made].map(([slice, grain]) => {
    const kept = grain === "hour" && !hoursStay(slice) ? `WHERE ${RECENT(part.now)}` : "";
    const actor = named(slice) ? "substr(newest, strpos(newest, ' ') + 1)" : "''";
    return `SELECT workspace_id, '${slice}', '${grain}', start, ${NAMES}, calls, ${actor}, first_at, last_at FROM ${slice}_${grain} ${kept}`;
  });
  const parts = [...read.map(([slice, grain]) => counted(slice, grain, part)), ...made.map(summed)];
  return sql`WITH ${sql.join(parts, sql`, `)}
    INSERT INTO call_rollups AS r (workspace_id, slice, grain, start, ${sql.raw(NAMES)}, calls, actor_name, first_at, last_at)
    ${sql.raw(into.join(" UNION ALL "))}
    ON CONFLICT (workspace_id, slice, grain, start, ${sql.raw(NAMES)}) DO UPDATE SET calls = r.calls + excluded.calls,
      actor_name = CASE WHEN excluded.last_at >= r.last_at THEN excluded.actor_name ELSE r.actor_name END,
      first_at = least(r.first_at, excluded.first_at), last_at = greatest(r.last_at, excluded.last_at)`;
}

/** Buckets of the three durations of a call: the whole, the time at the server (null: it got nowhere), and the rest, our own. */
const BUCKETS = [
  bucketSql("c.duration_ms"),
  bucketSql("c.upstream_ms"),
  bucketSql("greatest(c.duration_ms - coalesce(c.upstream_ms, 0), 0)"),
];
const unfold = (of: readonly string[]): string =>
  `(VALUES ${of.map((bucket, part) => `(${part}, ${bucket})`).join(", ")}) AS d(part, bucket)`;
export const DURATIONS = unfold(BUCKETS);
/** The columns beside `d.bucket` that add up to histograms. */
export const IN_BUCKET = "(d.part = 0)::int AS total, (d.part = 1)::int AS upstream, (d.part = 2)::int AS gateway";

const PARTS = ["total", "upstream", "gateway"] as const;
const LATENCY_KEYS: Record<LatencySlice, readonly string[]> = {
  tool: ["server", "tool"],
  server: ["server"],
  total: [],
  member: ["member_id"],
};

type MadeLatency = [slice: LatencySlice, grain: Grain, from: string];

/** One slice of one grain, still a row a bucket. */
function buckets(slice: LatencySlice, grain: Grain, from: string): string {
  const keys = ["workspace_id", startOf(grain, "start"), ...LATENCY_KEYS[slice], "bucket"];
  const columns = ["member_id", "server", "tool"].map((name) =>
    LATENCY_KEYS[slice].includes(name) ? name : `''::text AS ${name}`,
  );
  return `SELECT workspace_id, ${startOf(grain, "start")} AS start, ${columns.join(", ")}, bucket,
    ${PARTS.map((part) => `sum(${part})::int AS ${part}`).join(", ")} FROM ${from} GROUP BY ${keys.join(", ")}`;
}

/** Histograms of a part likewise. Arrays are put together last: one element at a time is slow. */
export function countDurations(part: Part): SQL {
  const first = isOld(part) ? "day" : "hour";
  const grains = GRAINS.slice(GRAINS.indexOf(first));
  const made = grains.flatMap((grain, i): MadeLatency[] => [
    ["tool", grain, i === 0 ? "cells" : `tool_${grains[i - 1]}`],
    ["member", grain, i === 0 ? "cells" : `member_${grains[i - 1]}`],
    ["server", grain, `tool_${grain}`],
    ["total", grain, `server_${grain}`],
  ]);
  const histograms = PARTS.map((name) => `histogram(bucket, ${name}) FILTER (WHERE ${name} > 0)`).join(", ");
  const into = made.map(
    ([slice, grain]) => `SELECT workspace_id, '${slice}', '${grain}', member_id, server, tool, start, ${histograms}
      FROM ${slice}_${grain} ${grain === "hour" ? `WHERE ${RECENT(part.now)}` : ""} GROUP BY workspace_id, member_id, server, tool, start`,
  );
  const all = made.map(([slice, grain, from]) => `${slice}_${grain} AS MATERIALIZED (${buckets(slice, grain, from)})`);
  const added = PARTS.map(
    (name) =>
      `${name} = ARRAY(SELECT coalesce(a, 0) + coalesce(b, 0) FROM unnest(r.${name}, excluded.${name}) AS u(a, b))`,
  );
  return sql`WITH timed AS MATERIALIZED (SELECT c.workspace_id, ${sql.raw(startOf(first, "c.occurred_at"))} AS start, c.member_id,
      ${sql.raw(`${COLUMNS.server.raw} AS server, ${COLUMNS.tool.raw} AS tool, ${BUCKETS.map((bucket, i) => `${bucket} AS b${i}`).join(", ")}`)}
    FROM calls c WHERE ${within(part)} AND c.duration_ms IS NOT NULL),
  cells AS NOT MATERIALIZED (SELECT t.*, d.bucket, ${sql.raw(IN_BUCKET)}
    FROM timed t CROSS JOIN LATERAL ${sql.raw(unfold(["t.b0", "t.b1", "t.b2"]))} WHERE d.bucket IS NOT NULL),
    ${sql.raw(all.join(", "))}
  INSERT INTO latency_rollups AS r (workspace_id, slice, grain, member_id, server, tool, start, ${sql.raw(PARTS.join(", "))})
  ${sql.raw(into.join("\n UNION ALL "))}
  ON CONFLICT (workspace_id, slice, grain, member_id, server, tool, start) DO UPDATE SET ${sql.raw(added.join(", "))}`;
}
