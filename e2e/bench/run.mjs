#!/usr/bin/env node
/** `npm run bench`: one interleaved run over all targets; prints a table and writes JSON. Judges nothing: figures depend on the machine. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { measure } from "./load.mjs";
import { cpuMsOfTree } from "./proc.mjs";
import { summarise, table } from "./report.mjs";
import { gateway, mcpHub, upstream } from "./targets.mjs";

const CLIENTS = [1, 16, 64];
const quick = process.argv.includes("--quick");
const ROUNDS = quick ? 2 : 5;
const SLICE_MS = quick ? 1_000 : 3_000;
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** A well-formed API key, minted by the product's own code. */
async function mintKey() {
  const outfile = join(root, "node_modules/.cache/aerostack-bench/token.mjs");
  await build({
    entryPoints: [join(root, "lib/crypto/token.ts")],
    outfile,
    bundle: true,
    format: "esm",
    logLevel: "error",
  });
  const { mintToken } = await import(outfile);
  return (await mintToken("aak")).token;
}

if (!existsSync("/proc/self/stat")) throw new Error("The bench reads CPU time from /proc, so it needs Linux.");
if (!existsSync(join(root, "dist/server.js"))) throw new Error("Run `npm run build` first.");

const targets = [];
try {
  const key = await mintKey();
  const direct = await upstream();
  targets.push(direct);
  for (const lane of ["direct", "edge"]) targets.push(await gateway(lane, direct.url, key));
  const hub = await mcpHub(direct.url).catch((error) =>
    console.log(`mcp-hub does not run here: ${error.message.slice(0, 200)}`),
  );
  if (hub) targets.push(hub);
  else console.log("mcp-hub is left out (`npm ci --ignore-scripts` in e2e/clients brings it)");

  for (const target of targets) await measure(target, 16, quick ? 1_000 : 8_000, () => 0); // compilers warm up unseen
  const slices = [];
  for (const clients of CLIENTS) {
    for (let round = 0; round < ROUNDS; round++) {
      // Each round begins elsewhere, so that no target is always the one after a heavy one.
      for (const target of [...targets.slice(round % targets.length), ...targets.slice(0, round % targets.length)]) {
        const result = await measure(target, clients, SLICE_MS, () => cpuMsOfTree(target.pid));
        slices.push({ target: target.name, clients, round, ...result });
        console.log(
          `${String(clients).padStart(2)} clients  ${target.name.padEnd(16)} ${result.perSecond.toFixed(0).padStart(6)} calls/s${result.errors ? `  ${result.errors} ERRORS` : ""}`,
        );
      }
    }
  }
  const summary = summarise(
    slices,
    targets.map(({ name }) => name),
    CLIENTS,
  );
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model, at: new Date().toISOString() };
  mkdirSync(join(root, "test-results"), { recursive: true });
  writeFileSync(
    join(root, "test-results/bench.json"),
    `${JSON.stringify({ machine, rounds: ROUNDS, sliceMs: SLICE_MS, summary, slices }, null, 2)}\n`,
  );
  console.log(
    `\n${table(summary)}\n\ntest-results/bench.json has every slice (${machine.cpus} × ${machine.model}, Node ${machine.node}).`,
  );
} finally {
  for (const target of targets.reverse()) await target.stop();
}
