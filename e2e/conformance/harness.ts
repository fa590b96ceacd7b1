import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MODULES, modernNode, quietEnv } from "../support/clients";
import { start } from "../support/process";
import type { Suite } from "./suites";

/** One check of the suite as it writes it down. */
export interface Check {
  id: string;
  name: string;
  status: "SUCCESS" | "FAILURE" | "WARNING" | "SKIPPED" | "INFO";
  errorMessage?: string;
}

/** Checks by scenario. */
export type Outcome = Map<string, Check[]>;

const LIMIT_MS = 300_000;

/**
 * Runs the official suite as a process of its own and reads what it wrote down, not what it printed.
 * @throws where it wrote nothing
 */
async function run(suite: Pick<Suite, "package">, args: string[], limitMs = LIMIT_MS): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "aerostack-conformance-"));
  const script = join(MODULES, suite.package, "dist/index.js");
  const started = start(modernNode(), [script, ...args, "-o", folder], { env: quietEnv(folder), cwd: folder });
  const timer = setTimeout(() => started.kill("SIGKILL"), limitMs);
  await started.exited;
  clearTimeout(timer);
  const outcome = read(folder);
  if (outcome.size === 0) throw new Error(`The suite wrote no result: ${started.output().slice(-2_000)}`);
  return outcome;
}

/** A folder a scenario, its time in the name. */
function read(folder: string): Outcome {
  const outcome: Outcome = new Map();
  for (const name of readdirSync(folder).sort()) {
    const scenario = /^(?:server-)?(.+?)-\d{4}-\d{2}-\d{2}T[\d-]+Z$/.exec(name)?.[1];
    if (!scenario) continue;
    const file = readdirSync(join(folder, name)).includes("checks.json");
    outcome.set(scenario, file ? JSON.parse(readFileSync(join(folder, name, "checks.json"), "utf8")) : []);
  }
  return outcome;
}

/** A whole suite against the server at `url`. */
export const runSuite = (suite: Suite, url: string): Promise<Outcome> =>
  run(suite, ["server", "--url", url, ...suite.args]);

/** One scenario by itself. */
export async function runScenario(suite: Suite, url: string, scenario: string): Promise<Check[]> {
  const wire = suite.package.startsWith("@") ? ["--spec-version", suite.wire, "--force"] : [];
  const outcome = await run(suite, ["server", "--url", url, "--scenario", scenario, ...wire], 60_000);
  return outcome.get(scenario) ?? [];
}

/** One scenario against a client that `command` starts. */
export async function runClientScenario(command: string, scenario: string, wire: string): Promise<Check[]> {
  const args = ["client", "--command", command, "--scenario", scenario, "--spec-version", wire];
  const outcome = await run({ package: "@modelcontextprotocol/conformance" }, args, 60_000);
  return outcome.get(scenario) ?? [];
}
