// Hosted functions: what a call through an isolate costs over the same tool on a plain server, the first call of a
// cold workspace, and the memory of many workspaces. Prints a table and judges nothing.
//   node e2e/bench/functions.mjs [calls=300] [workspaces=50]
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, stop } from "esbuild";
import { Agent, request } from "undici";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const [calls = 300, workspaces = 50] = process.argv.slice(2).map(Number);
const folder = join(root, "dist/bench-functions");

/** The runtime and one function with zod, bundled from the sources. */
async function prepare() {
  mkdirSync(folder, { recursive: true });
  const shared = { bundle: true, format: "esm", absWorkingDir: root, alias: { "@": "." }, logLevel: "warning" };
  const parts = ["runtime/runtime", "egress/placeholders", "manifest", "runtime/front"];
  const exports = parts.map((part) => `export * from "./lib/functions/${part}";`).join("\n");
  const outfile = join(folder, "runtime.mjs");
  const stdin = { contents: exports, resolveDir: root, loader: "ts" };
  await build({ ...shared, stdin, outfile, platform: "node", packages: "external" });
  const tool = {
    contents: `import { z } from "zod";
      const input = z.object({ text: z.string() });
      export default { async fetch(request) {
        const m = await request.json();
        const result = m.method === "tools/call" ? { content: [{ type: "text", text: input.parse(m.params.arguments).text }] } : { tools: [] };
        return Response.json({ jsonrpc: "2.0", id: m.id, result });
      } };`,
    resolveDir: root,
    loader: "ts",
  };
  const { outputFiles } = await build({
    ...shared,
    stdin: tool,
    write: false,
    minify: true,
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  await stop();
  execFileSync(process.execPath, [join(root, "lib/functions/worker/build.mjs"), folder]);
  const host = readFileSync(join(folder, "host-local.js"), "utf8");
  return { runtime: await import(pathToFileURL(outfile).href), host, code: outputFiles[0].text };
}

const quantile = (values, q) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const ms = (value) => `${value.toFixed(1)} ms`;
const MESSAGE = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name: "echo", arguments: { text: "hi" } },
});

async function timed(run) {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
}

const PLAIN = `
  import { createServer } from "node:http";
  const server = createServer((req, res) => {
    let body = "";
    req.on("data", (chunk) => { body += chunk; });
    req.on("end", () => {
      const { id, params } = JSON.parse(body);
      res.writeHead(200, { "content-type": "application/json" });
      res.end(JSON.stringify({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text: params.arguments.text }] } }));
    });
  });
  server.listen(0, "127.0.0.1", () => console.log("port " + server.address().port));
  process.stdin.resume().on("end", () => process.exit());`;

/** The same answer from a plain Node server, a process of its own as upstreams are. */
async function plainUpstream() {
  const child = spawn(process.execPath, ["--input-type=module", "-e", PLAIN], { stdio: ["pipe", "pipe", "inherit"] });
  const port = await new Promise((resolve) =>
    child.stdout.once("data", (text) => resolve(String(text).trim().slice(5))),
  );
  return { url: `http://127.0.0.1:${port}/mcp`, close: () => child.stdin.end() };
}

/** Resident and proportional memory, MiB: pages of the binary are shared, so resident sums count them again and again. */
function memoryOf(pids) {
  const sum = (pattern) =>
    pids.reduce(
      (all, pid) => all + Number(pattern.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0),
      0,
    ) / 1_024;
  return { rss: sum(/^Rss:\s+(\d+)/m), pss: sum(/^Pss:\s+(\d+)/m) };
}

const { runtime: lib, host, code } = await prepare();
const policy = { ...lib.parseManifest({}), vars: {} };
const source = { policy: async () => policy, code: async () => code, secret: async () => null, record() {} };
const placeholderKey = await lib.importPlaceholderKey(new Uint8Array(32).fill(1));
const urls = () => ({ allowPrivate: [], ownHosts: [] });
const create = (options) => lib.createRuntime({ host, source, placeholderKey, urls, ...options });
const context = (ws) => ({ ws, ins: "srv_a", dep: "0".repeat(64), rev: 1, call: "call_a", user: "mem_a" });
const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const rows = [];
const row = (what, values) =>
  rows.push([what, ms(quantile(values, 0.5)), ms(quantile(values, 0.95)), String(values.length)]);

const plain = await plainUpstream();
const dispatcher = new Agent();
const runtime = create({ processes: 200 });
const front = await lib.startFront(runtime, "key");
const post = async (url, more = {}) => {
  const answer = await request(url, { method: "POST", headers: { ...headers, ...more }, body: MESSAGE, dispatcher });
  const text = await answer.body.text();
  if (answer.statusCode !== 200 || !text.includes('"hi"')) throw new Error(`${answer.statusCode} ${text}`);
};
const inProcess = async (ws, on = runtime) => {
  const answer = await on.call(
    context(ws),
    new Request("http://runtime/mcp", { method: "POST", headers, body: MESSAGE }),
  );
  if (!(await answer.text()).includes('"hi"')) throw new Error(`status ${answer.status}`);
};
const viaFront = () => post(`${front.url}/mcp`, { "x-rt-key": "key", "x-rt-ctx": JSON.stringify(context("ws_0")) });

for (let at = 0; at < 50; at++) await Promise.all([post(plain.url), inProcess("ws_0"), viaFront()]);
const times = { plain: [], call: [], front: [] };
for (let at = 0; at < calls; at++) {
  times.plain.push(await timed(() => post(plain.url)));
  times.call.push(await timed(() => inProcess("ws_0")));
  times.front.push(await timed(viaFront));
}
row("plain upstream over HTTP, warm", times.plain);
row("function, in the same process, warm", times.call);
row("function, through the front over HTTP, warm", times.front);
row(
  "function over plain, each pair",
  times.call.map((value, at) => value - times.plain[at]),
);

const cold = [];
for (let at = 0; at < 10; at++) {
  cold.push(await timed(() => inProcess(`ws_cold_${at}`)));
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // a new spare
}
row("first call of a cold workspace, spare ready", cold);
await front.close();
await runtime.close();

const bare = create({ processes: 200, spares: 0 });
const without = [];
for (let at = 0; at < 10; at++) without.push(await timed(() => inProcess(`ws_cold_${at}`, bare)));
row("first call of a cold workspace, no spare", without);
for (let at = 0; at < workspaces; at++) await inProcess(`ws_many_${at}`, bare);
const pids = bare
  .processes()
  .filter(({ ws }) => ws?.startsWith("ws_many"))
  .map(({ pid }) => pid);
const { rss, pss } = memoryOf(pids);
await bare.close();
plain.close();
await dispatcher.close();
rmSync(folder, { recursive: true });

const head = ["what", "p50", "p95", "n"];
const widths = head.map((_, at) => Math.max(...[head, ...rows].map((line) => line[at].length)));
for (const line of [head, ...rows])
  console.log(line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  "));
console.log(
  `${pids.length} workspaces, one zod function each (${Math.round(code.length / 1_024)} KiB): ${Math.round(pss)} MiB resident, shared pages once; ${Math.round(rss)} MiB counted in each`,
);
console.log(`node ${process.version}, load ${loadavg()[0].toFixed(1)}`);
