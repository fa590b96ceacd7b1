import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { start } from "./process";
import { ROOT } from "./product";

/** Where the foreign programs are installed. */
export const MODULES = join(ROOT, "e2e/clients/node_modules");

export interface Ran {
  code: number | null;
  stdout: string;
  /** Both streams. */
  output: string;
}

/** Nothing of these clients may leave the machine: telemetry off, and a proxy that leads nowhere for all but loopback. */
export const quietEnv = (home: string) => ({
  PATH: process.env.PATH,
  HOME: home,
  CI: "true",
  NO_COLOR: "1",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  DISABLE_AUTOUPDATER: "1",
  DISABLE_TELEMETRY: "1",
  WRANGLER_SEND_METRICS: "false",
  HTTP_PROXY: "http://127.0.0.1:9",
  HTTPS_PROXY: "http://127.0.0.1:9",
  NO_PROXY: "127.0.0.1,localhost",
});

/** A program to its end, 45 s at most, in a folder that is also its home. */
export async function runProgram(command: string, args: string[], home: string): Promise<Ran> {
  const started = start(command, args, { cwd: home, env: quietEnv(home) });
  const timer = setTimeout(() => started.kill("SIGKILL"), 45_000);
  const code = await started.exited;
  clearTimeout(timer);
  return { code, stdout: started.stdout(), output: started.output() };
}

/** Node ≥ 22.19 for tools that ask for it: the running one, else the one that `e2e/clients` brought. */
export function modernNode(): string {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return process.execPath;
  const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
  const found = names.map((name) => join(MODULES, name, "bin/node")).find(existsSync);
  if (!found)
    throw new Error(
      `This needs Node 22.19 and there is none for ${process.platform} ${process.arch}. Run the tests with a newer Node.`,
    );
  return found;
}

/** `mcp-inspector …` as npm would run it. */
export function runInspector(args: string[]): Promise<Ran> {
  const launcher = join(MODULES, "@modelcontextprotocol/inspector/clients/launcher/build/index.js");
  return runProgram(modernNode(), [launcher, ...args], tmpdir());
}

/** A script below `e2e/clients` on a Node that is new enough for it. */
export const runModern = (script: string, args: string[], home: string): Promise<Ran> =>
  runProgram(modernNode(), [join(MODULES, script), ...args], home);

/** `wrangler …` with a home of its own; nothing of it leaves the machine. */
export function runWrangler(args: string[]): Promise<Ran> {
  const home = mkdtempSync(join(tmpdir(), "aerostack-wrangler-"));
  return runProgram(modernNode(), [join(MODULES, "wrangler/bin/wrangler.js"), ...args], home);
}

/** The native binary out of Claude Code's own platform package, which its install script would only copy. */
function claudeBinary(): string {
  const platform = `${process.platform}-${process.arch}`;
  const names = [platform, `${platform}-musl`].map((name) => `@anthropic-ai/claude-code-${name}`);
  const found = names.map((name) => join(MODULES, name, "claude")).find(existsSync);
  if (!found) throw new Error(`Claude Code has no binary for ${platform}.`);
  return found;
}

/** `claude …` with a home directory of its own. */
export const runClaude = (home: string, args: string[]): Promise<Ran> => runProgram(claudeBinary(), args, home);
