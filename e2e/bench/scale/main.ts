import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { eq } from "drizzle-orm";
import pg from "pg";
import { migrate } from "@/db/migrate";
import { createDatabase, type Database } from "@/db/node";
import { members } from "@/db/schema/members";
import { workspaces } from "@/db/schema/workspaces";
import { removeExpired } from "@/lib/server/retention";
import { advanceRollups } from "@/lib/services/analytics/advance-rollups";
import { type WorkspaceCtx, workspaceCtx } from "@/lib/services/context";
import { bundleDatabase, MIGRATIONS, startDatabaseChild } from "@/lib/testing/database-child";
import { mintUser, mintWorkspace } from "@/lib/testing/factories";
import { startPostgres } from "@/lib/testing/postgres";
import { questions } from "./questions";
import { seed } from "./seed";

/** What a small server of one's own has; the rest of the machine's memory caches files. */
const SETTINGS = { shared_buffers: "1GB", work_mem: "16MB", max_wal_size: "8GB", maintenance_work_mem: "512MB" };
const MEMBER = "mem_bench_";
/** What a figure may take at its 95th percentile. */
const AIM_MS = 200;

interface Figure {
  p50: number;
  p95: number;
  /** The database's own work, which no neighbour on the machine can lengthen. */
  cpu: number;
}

const quantile = (sorted: number[], q: number): number => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
const short = (rows: number): string => `10^${Math.round(Math.log10(rows))}`;

export async function main(resultsFile: string): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: "string", default: "100000,1000000,10000000" },
      keep: { type: "string" },
      cluster: { type: "string" },
      runs: { type: "string", default: "20" },
      only: { type: "string", default: "" },
    },
  });
  const sizes = values.sizes.split(",").map(Number);
  const cluster = values.cluster
    ? { url: values.cluster, stop: async () => {} }
    : await startPostgres({ keepIn: values.keep, settings: SETTINGS });
  try {
    const table = new Map<string, Map<number, Figure>>();
    const notes: string[] = [];
    for (const size of sizes) {
      const found = await measure(cluster.url, size, Number(values.runs), values.only, notes);
      for (const [name, figure] of found) table.set(name, (table.get(name) ?? new Map()).set(size, figure));
    }
    const text = render(sizes, table, notes, Number(values.runs));
    console.log(text);
    if (!values.only) writeFileSync(resultsFile, text);
  } finally {
    await cluster.stop();
  }
}

/** A database of that many calls, seeded unless a kept cluster has it already. */
async function measure(url: string, size: number, runs: number, only: string, notes: string[]) {
  const name = `scale_${size}`;
  const upstream = new URL(url);
  upstream.pathname = `/${name}`;
  const admin = new pg.Client(url);
  await admin.connect();
  const { rowCount } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  if (rowCount === 0) await admin.query(`CREATE DATABASE ${name}`);
  const child = await startDatabaseChild(await bundleDatabase(), { AEROSTACK_DB_UPSTREAM: upstream.href });
  const database = createDatabase(child.url);
  try {
    await migrate(child.url, MIGRATIONS);
    await fill(database, upstream.href, size, notes);
    const ctx = await owner(database);
    const found = new Map<string, Figure>();
    for (const [title, ask] of questions(ctx, MEMBER)) {
      if (!title.includes(only)) continue;
      for (let i = 0; i < 2; i++) await ask();
      const times: number[] = [];
      const before = await cpuOf(admin, name);
      for (let i = 0; i < runs; i++) {
        const begun = performance.now();
        await ask();
        times.push(performance.now() - begun);
      }
      const cpu = Math.max(0, (await cpuOf(admin, name)) - before) / runs;
      times.sort((a, b) => a - b);
      const figure = { p50: quantile(times, 0.5), p95: quantile(times, 0.95), cpu };
      found.set(title, figure);
      console.log(`${short(size)}  ${title.padEnd(52)} ${textOf(figure)}`);
    }
    return found;
  } finally {
    await database.close();
    await child.stop();
    await admin.end();
  }
}

const textOf = ({ p50, p95, cpu }: Figure): string => `${p50.toFixed(0)} / ${p95.toFixed(0)} (${cpu.toFixed(0)})`;

/** CPU time (ms) of all connections to a database, as the kernel counts it, in ticks of 10 ms. */
async function cpuOf(admin: pg.Client, name: string): Promise<number> {
  const { rows } = await admin.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'",
    [name],
  );
  const ticks = rows.map(({ pid }) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? []);
  return ticks.reduce((sum, fields) => sum + (Number(fields[11]) + Number(fields[12])) * 10, 0);
}

async function owner({ db }: Database): Promise<WorkspaceCtx> {
  const [workspace] = await db.select().from(workspaces).limit(1);
  if (!workspace) throw new Error("This kept database was not filled to its end; remove the folder.");
  const user = await mintUser({ db });
  await db.update(members).set({ userId: user.actor.userId }).where(eq(members.role, "owner"));
  return workspaceCtx(user, workspace.slug);
}

/** Calls, members and rollups; what a kept cluster has already stays. */
async function fill({ db }: Database, upstream: string, size: number, notes: string[]): Promise<void> {
  const direct = new pg.Client(upstream);
  await direct.connect();
  const query = async <T>(text: string, values?: unknown[]) => (await direct.query(text, values)).rows as T[];
  const seconds = (since: number) => `${((performance.now() - since) / 1_000).toFixed(0)} s`;
  const [kept] = await query<{ id: string }>("SELECT id FROM workspaces LIMIT 1");
  const workspaceId = kept?.id ?? (await mintWorkspace({ db })).workspace.id;
  let begun = performance.now();
  if (!kept) await seed(query, workspaceId, MEMBER, size);
  const seeded = seconds(begun);
  for (let i = 1; i <= 30; i++)
    await query(
      "INSERT INTO members (id, workspace_id, kind, name, role) VALUES ($1, $2, 'service', $3, 'member') ON CONFLICT DO NOTHING",
      [`${MEMBER}${String(i).padStart(2, "0")}`, workspaceId, `Engineer ${i}`],
    );
  begun = performance.now();
  for (let done = false; !done; )
    ({ done } = await advanceRollups(db, Date.now(), { budgetMs: 600_000, stepMs: 1_000 }));
  const counted = seconds(begun);
  if (!kept) await removeExpired(query, Date.now());
  await query("VACUUM (ANALYZE) call_rollups");
  await query("VACUUM (ANALYZE) latency_rollups");
  const [sizes] = await query<{ calls: string; rollups: string }>(
    `SELECT pg_size_pretty((SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'calls'::regclass)) AS calls,
      pg_size_pretty(pg_total_relation_size('call_rollups') + pg_total_relation_size('latency_rollups')) AS rollups`,
  );
  await direct.end();
  notes.push(
    `${short(size)}: calls ${sizes?.calls}, rollups ${sizes?.rollups}; ${kept ? "" : `seeded in ${seeded}, `}counted into rollups in ${counted}.`,
  );
  console.log(notes.at(-1));
}

function render(sizes: number[], table: Map<string, Map<number, Figure>>, notes: string[], runs: number): string {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const head = ["p50 / p95 (CPU) in ms", ...sizes.map(short), `p50, ${short(least)} to ${short(most)}`];
  const rows = [...table].map(([name, figures]) => {
    const [small, large] = [figures.get(least)?.p50 ?? 0, figures.get(most)?.p50 ?? 0];
    return [
      name,
      ...sizes.map((size) => {
        const figure = figures.get(size);
        return figure ? textOf(figure) : "";
      }),
      `× ${(large / Math.max(small, 1)).toFixed(1)}`,
    ];
  });
  const worst = sizes.map((size) => {
    const all = [...table].flatMap(([name, figures]) => {
      const figure = figures.get(size);
      return figure ? [{ name, ...figure }] : [];
    });
    const most = (key: "p95" | "cpu") => {
      const top = all.reduce((a, b) => (b[key] > a[key] ? b : a));
      const over = all.filter((figure) => figure[key] > AIM_MS).length;
      return `${top[key].toFixed(0)} ms (${top.name}), ${over} of ${all.length} over ${AIM_MS} ms`;
    };
    return `- ${short(size)}: worst p95 ${most("p95")}; worst CPU time ${most("cpu")}.`;
  });
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return [
    "# Charts and call list by number of calls",
    "",
    `\`node e2e/bench/scale.mjs\`: Postgres 15, one workspace of 30 members, 12 servers and 60 tools over 13 months, ${runs} runs each, at the verb (what page and API call); in brackets the CPU time that the database took.`,
    `${availableParallelism()} cores, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}, ${new Date().toISOString().slice(0, 10)}.`,
    "",
    ...worst,
    "",
    ...lines,
    "",
    ...notes.map((note) => `- ${note}`),
    "",
  ].join("\n");
}
