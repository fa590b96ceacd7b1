#!/usr/bin/env node
/** `npm test`: plain JavaScript on Node alone, because it runs before anything is installed. `--only=unit,e2e` picks steps. */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { browser, hasPostgres, install, nginx, office } from "./runner/install.mjs";
import { root, run, say, seconds } from "./runner/process.mjs";
import { printFailures, readCheck, readConformance, readPlaywright, readVitest } from "./runner/report.mjs";

const startedAt = Date.now();
const only = process.argv
  .find((argument) => argument.startsWith("--only="))
  ?.slice(7)
  .split(",");
const results = join(root, "test-results");
const bin = (path) => join(root, "node_modules", path);
const node = (what, script, args, options) => run(what, process.execPath, [script, ...args], options);

let built = true;

const check = (title, script, args) => async () => readCheck(title, await node(title, bin(script), args));

const vitest = (title, project, env) => async () => {
  const report = join(results, `${title.replaceAll(" ", "-")}.json`);
  const args = [
    "run",
    "--config",
    "lib/testing/vitest.config.ts",
    "--project",
    project,
    "--reporter=json",
    `--outputFile=${report}`,
  ];
  return readVitest(title, report, await node(title, bin("vitest/vitest.mjs"), args, { env }));
};

async function postgres() {
  if (hasPostgres()) return vitest("integration on Postgres", "integ", { TEST_DATABASE: "postgres" })();
  say("integration on Postgres: skipped, there is no Postgres on this machine");
  return { passed: 0, failed: 0, skipped: 1, failures: [] };
}

/** First of all, because it also writes the route types that the type check needs. */
async function build() {
  const result = readCheck("build", await node("build", join(root, "lib/server/start.mjs"), ["--build"]));
  built = result.failed === 0;
  return result;
}

/** The product under end-to-end tests runs on Node 24 where `e2e/clients` brought it: Next is twice as fast there. All else runs on this Node. */
function newerNode() {
  const found = join(root, "e2e/clients/node_modules", `node-${process.platform}-${process.arch}`, "bin/node");
  return { AEROSTACK_E2E_NODE: Number.parseInt(process.versions.node, 10) < 24 && existsSync(found) ? found : "" };
}

const installClients = () =>
  install(join(root, "e2e/clients"), "the MCP clients of the end-to-end tests", ["--ignore-scripts"]);

async function endToEnd() {
  if (!built) throw new Error("end-to-end tests need a build, and there is none");
  await installClients();
  if (!(await nginx())) say("several nodes behind a balancer: skipped, there is no nginx on this machine");
  const report = join(results, "e2e.json");
  const env = {
    ...newerNode(),
    AEROSTACK_E2E_REPORT: report,
    AEROSTACK_CHROMIUM: (await browser()) ?? "",
    AEROSTACK_SOFFICE: (await office()) ?? "",
  };
  const args = ["test", "-c", "e2e/playwright.config.ts"];
  return readPlaywright(
    "end-to-end",
    report,
    await node("end-to-end", bin("playwright/cli.js"), args, { env, show: true, limitMs: 18 * 60_000 }),
  );
}

/** The official suite over both lanes, as far as there is time for it, and that the published table is current. */
async function conformance() {
  if (!built) throw new Error("conformance needs a build, and there is none");
  await installClients();
  const report = join(results, "conformance.json");
  const script = join(root, "e2e/conformance/run.mjs");
  return readConformance(report, await node("conformance", script, ["--check"], { env: newerNode() }));
}

const STEPS = {
  build,
  types: check("type check", "typescript/bin/tsc", ["--noEmit"]),
  lint: check("lint", "@biomejs/biome/bin/biome", ["ci", "--colors=off", "."]),
  knip: check("dead code", "knip/bin/knip.js", []),
  unit: vitest("unit", "unit"),
  integ: vitest("integration", "integ"),
  postgres,
  conformance,
  e2e: endToEnd,
};

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
try {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  await install(root, "what package-lock.json asks for");
  for (const [name, step] of Object.entries(STEPS)) {
    if (only && !only.includes(name)) continue;
    const at = Date.now();
    say(`${name} …`);
    const result = await step();
    for (const key of Object.keys(total)) total[key] += result[key];
    failures.push(...result.failures);
    say(
      `${name}: ${result.passed} passed, ${result.failed} failed${result.skipped ? `, ${result.skipped} skipped` : ""} (${seconds(at)})`,
    );
  }
} catch (error) {
  total.failed++;
  failures.push({ title: "the test run itself", text: error instanceof Error ? error.message : String(error) });
}
printFailures(failures);
say(`everything took ${seconds(startedAt)}`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ""}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
