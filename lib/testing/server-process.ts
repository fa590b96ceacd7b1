import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The built server as a process of its own. */
export interface ServerProcess {
  pid: number;
  /** `http://127.0.0.1:<port>`, or null where the process ended before it was ready. */
  origin: string | null;
  /** All that it printed so far. */
  output(): string;
  /** Exit code, or the signal's name; resolves when the process is gone. */
  ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the built server on a free port with exactly this configuration; resolves once it is ready or gone. */
export async function startServer(
  env: Record<string, string>,
  [command, ...args]: [string, ...string[]] = [process.execPath, "dist/server.js"],
): Promise<ServerProcess> {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const ended = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => resolve(code ?? signal ?? -1)),
  );
  const origin = await new Promise<string | null>((resolve) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const found = /Dashboard\s+(http\S+)/.exec(text)?.[1];
      if (found) resolve(found);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    void ended.then(() => resolve(null));
  });
  return { pid: pidOf(child), origin, output: () => text, ended, kill: (signal) => child.kill(signal) };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error("The server could not be started.");
  return child.pid;
}

/** Ids of the processes whose parent is `pid`, from /proc (Linux). */
export function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
    .map(Number);
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return -1;
  }
}

/** Whether a process is there (a zombie counts as gone). */
export function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
