import type { Query } from "@/db/query";
import { LATENCY_SLICES, SLICES } from "@/db/schema/call-rollups";
import { idFloor } from "@/lib/ids";
import { stepStart } from "@/lib/services/analytics/axis";
import { COLUMNS, DIMS, HOURS_KEPT_DAYS, SLICE_DIMS, WEEKS_ONLY } from "@/lib/services/analytics/slices";

/** Rows of one statement; on the embedded database everyone waits for it. */
const BATCH = 2_000;
/** How long a drop may wait for whoever reads; everybody after it would wait with it. */
const LOCK = "SET LOCAL lock_timeout = '2s'";
const DAY_MS = 86_400_000;
/** How many days the calls of a deleted workspace are kept, should somebody have to look into the database. */
const GONE_DAYS = 30;
/** Months that partitions are made ahead, so that no call lands in the default one. */
const MONTHS_AHEAD = 2;

/** Makes the partitions of this month and the next ones. */
export async function makePartitions(query: Query, now: number): Promise<void> {
  for (let months = 0; months <= MONTHS_AHEAD; months++)
    await query("SELECT create_calls_partition(to_timestamp($1::float8 / 1000) + make_interval(months => $2::int))", [
      now,
      months,
    ]);
}

export interface Removed {
  partitions: string[];
  calls: number;
  rollups: number;
}

/**
 * Removes what is past its workspace's term, and what workspaces that are gone have left behind: whole months where they are past
 * everybody's, the rest in batches. Days are removed whole (UTC), calls and rollups alike, so that charts and log still agree.
 */
export async function removeExpired(query: Query, now: number): Promise<Removed> {
  const terms = await readTerms(query);
  const removed: Removed = { partitions: [], calls: 0, rollups: 0 };
  const longest = Math.max(...terms.values(), GONE_DAYS);
  removed.partitions = await dropPartitions(query, idFloor("call", cutoff(now, longest)));
  for (const workspaceId of await workspacesOf(query, "calls")) {
    const end = idFloor("call", cutoff(now, terms.get(workspaceId) ?? GONE_DAYS));
    removed.calls += await inBatches(query, "calls", "workspace_id = $1 AND id < $2", [workspaceId, end]);
  }
  for (const table of ["call_rollups", "latency_rollups"]) {
    for (const workspaceId of await workspacesOf(query, table)) {
      const end = cutoff(now, terms.get(workspaceId) ?? GONE_DAYS);
      const hours = now - HOURS_KEPT_DAYS * DAY_MS;
      const past = `start < to_timestamp($2::float8 / 1000) - CASE grain WHEN 'week' THEN interval '6 days' ELSE interval '0' END`;
      removed.rollups += await inBatches(query, table, `workspace_id = $1 AND ${past}`, [workspaceId, end]);
      const short = table === "call_rollups" ? "slice <> 'how' AND grain = 'hour'" : "grain = 'hour'";
      removed.rollups += await inBatches(query, table, `workspace_id = $1 AND ${short} AND ${past}`, [
        workspaceId,
        hours,
      ]);
      await shortenWeek(query, workspaceId, end, table);
    }
  }
  return removed;
}

/** The week that the term ends in is made anew of the days that are left of it. Nobody counts calls meanwhile. */
async function shortenWeek(query: Query, workspaceId: string, end: number, table: string): Promise<void> {
  const week = `to_timestamp(${stepStart(end, "week")}::float8 / 1000)`;
  const ours = `workspace_id = '${workspaceId.replaceAll("'", "''")}'`;
  await query(`DO $rebuild$ BEGIN
    PERFORM 1 FROM rollup_state WHERE id = 'calls' FOR UPDATE;
    DELETE FROM ${table} WHERE ${ours} AND slice = ANY ('{${[...SLICES, ...LATENCY_SLICES].join(",")}}') AND grain = 'week' AND start = ${week};
    ${table === "call_rollups" ? countedAgain(ours, week) : histogramsAgain(ours, week)}
  END $rebuild$`);
}

const daysOf = (week: string): string => `grain = 'day' AND start >= ${week} AND start < ${week} + interval '7 days'`;

function countedAgain(ours: string, week: string): string {
  const all = DIMS.map((dim) => COLUMNS[dim].name).join(", ");
  const again = SLICES.map((slice) => {
    const dims = SLICE_DIMS[slice].map((dim) => COLUMNS[dim].name);
    return `INSERT INTO call_rollups (workspace_id, slice, grain, start, ${all}, calls, actor_name, first_at, last_at)
      SELECT workspace_id, '${slice}', 'week', ${week}, ${all.replace(/\w+/g, (name) => (dims.includes(name) ? name : "''"))},
        sum(calls)::int, (array_agg(actor_name ORDER BY last_at DESC))[1], min(first_at), max(last_at)
      FROM call_rollups WHERE ${ours} AND slice = '${WEEKS_ONLY[slice] ?? slice}' AND ${daysOf(week)}
      GROUP BY ${["workspace_id", ...dims].join(", ")};`;
  });
  return again.join("\n");
}

const histogramsAgain = (ours: string, week: string): string => `
  INSERT INTO latency_rollups (workspace_id, slice, grain, start, member_id, server, tool, total, upstream, gateway)
  SELECT workspace_id, slice, 'week', ${week}, member_id, server, tool, histogram(bucket, total),
    histogram(bucket, upstream), histogram(bucket, gateway)
  FROM (SELECT r.workspace_id, r.slice, r.member_id, r.server, r.tool, (b.bucket - 1)::int AS bucket, sum(b.total)::int AS total,
      sum(b.upstream)::int AS upstream, sum(b.gateway)::int AS gateway
    FROM latency_rollups r CROSS JOIN LATERAL unnest(r.total, r.upstream, r.gateway) WITH ORDINALITY AS b(total, upstream, gateway, bucket)
    WHERE ${ours} AND ${daysOf(week)} GROUP BY 1, 2, 3, 4, 5, 6) AS cells
  GROUP BY workspace_id, slice, member_id, server, tool;`;

/** Start of the oldest day that is kept, ms UTC. */
const cutoff = (now: number, days: number): number => Math.floor((now - days * DAY_MS) / DAY_MS) * DAY_MS;

async function readTerms(query: Query): Promise<Map<string, number>> {
  const rows = await query<{ id: string; days: number }>("SELECT id, retention_days AS days FROM workspaces");
  return new Map(rows.map(({ id, days }) => [id, days]));
}

/** Workspaces that have rows there, by jumps along the index instead of reading all. */
async function workspacesOf(query: Query, table: string): Promise<string[]> {
  const rows = await query<{ id: string | null }>(
    `WITH RECURSIVE seen AS (SELECT (SELECT min(workspace_id) FROM ${table}) AS id
      UNION ALL SELECT (SELECT min(workspace_id) FROM ${table} WHERE workspace_id > seen.id) FROM seen WHERE seen.id IS NOT NULL)
    SELECT id FROM seen WHERE id IS NOT NULL`,
  );
  return rows.flatMap(({ id }) => (id === null ? [] : [id]));
}

/** Until nothing is left that fits. The key of a call names it in every partition; rollups have no short key, but one table. */
async function inBatches(query: Query, table: string, where: string, params: unknown[]): Promise<number> {
  const statement =
    table === "calls"
      ? `DELETE FROM calls WHERE id IN (SELECT id FROM calls WHERE ${where} ORDER BY id LIMIT ${BATCH}) RETURNING 1`
      : `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${where} LIMIT ${BATCH})) RETURNING 1`;
  for (let all = 0; ; ) {
    const { length } = await query(statement, params);
    all += length;
    if (length < BATCH) return all;
  }
}

/** Months that end before `end`. One that somebody reads is left for tomorrow. */
async function dropPartitions(query: Query, end: string): Promise<string[]> {
  const parts = await query<{ name: string; to: string | null }>(
    `SELECT c.relname AS name, substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \\(''(call_[0-9a-z]+)''\\)') AS to
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'calls'::regclass`,
  );
  const past = parts.filter(({ to }) => to !== null && to <= end).map(({ name }) => name);
  const dropped: string[] = [];
  for (const name of past) {
    if (!/^calls_\d{4}_\d{2}$/.test(name)) continue;
    // One statement is one transaction, and so is this.
    const done = await query(`DO $$ BEGIN ${LOCK}; DROP TABLE IF EXISTS ${name}; END $$`).then(
      () => true,
      (error: { code?: string }) => {
        if (error.code === "55P03") return false;
        throw error;
      },
    );
    if (done) dropped.push(name);
  }
  return dropped;
}
