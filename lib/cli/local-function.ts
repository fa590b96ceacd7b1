import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CliError } from "./io";
import { productRoot } from "./product-root";

/** A function running on the author's machine. */
export interface LocalFunction {
  /** One HTTP request to it. */
  send(init: { method: string; headers: [string, string][]; body?: string }): Promise<Response>;
  /** One request of ours, answered by its result. @throws CliError with the function's own words */
  ask(method: string, params?: object): Promise<unknown>;
  stop(): void;
}

/** Long enough for a slow machine, short enough for a loop at start. */
const START_MS = 10_000;

/**
 * Starts the author's own bundle in a Node child. What it prints goes to `say`.
 * @param env what the function finds as its secrets and settings
 * @throws CliError `start_failed`
 */
export async function startLocal(
  code: string,
  env: Record<string, string>,
  say: (text: string) => void,
): Promise<LocalFunction> {
  const folder = mkdtempSync(join(tmpdir(), "aerostack-function-"));
  const bundle = join(folder, "server.mjs");
  writeFileSync(bundle, code);
  const child = fork(join(productRoot(), "lib/cli/function-host.mjs"), [JSON.stringify([bundle, env])], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: [],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      said.push(String(chunk));
      say(String(chunk));
    });
  const stop = () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  const port = await portOf(child);
  if (port === null) {
    stop();
    throw new CliError("start_failed", `The function does not start. ${said.join("").trim().slice(0, 2_000)}`);
  }
  return answering((init) => fetch(`http://127.0.0.1:${port}/mcp`, init), stop);
}

function portOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), START_MS);
    const done = (port: number | null) => {
      clearTimeout(timer);
      resolve(port);
    };
    child.once("message", (message: { port: number }) => done(message.port));
    child.once("exit", () => setTimeout(done, 50, null)); // its last words may still be under way
  });
}

/** A function by the way to send to it. */
export const answering = (send: LocalFunction["send"], stop: () => void): LocalFunction => ({
  send,
  stop,
  ask: (method, params) => ask(send, method, params),
});

async function ask(send: LocalFunction["send"], method: string, params?: object): Promise<unknown> {
  const headers: [string, string][] = [
    ["content-type", "application/json"],
    ["accept", "application/json, text/event-stream"],
  ];
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await send({ method: "POST", headers, body });
  const text = (await response.text()).replace(/^event: message\ndata: /, "");
  try {
    const { result, error } = JSON.parse(text) as { result?: unknown; error?: { message?: string } };
    if (result !== undefined) return result;
    throw new CliError(
      "start_failed",
      `The function answered ${method} with an error: ${error?.message ?? response.status}`,
    );
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError("start_failed", `The function answered ${method} with ${response.status} and no MCP message.`);
  }
}

/** What every function must answer before anything is done with it: who it is, and its tools. */
export async function introduce(local: LocalFunction): Promise<{ initialize: unknown; tools: { name: string }[] }> {
  const clientInfo = { name: "aerostack", version: "1" };
  const initialize = await local.ask("initialize", { protocolVersion: "2025-11-25", capabilities: {}, clientInfo });
  const { tools } = (await local.ask("tools/list")) as { tools?: { name: string }[] };
  if (!Array.isArray(tools) || tools.length === 0) throw new CliError("start_failed", "The function has no tools.");
  return { initialize, tools };
}
