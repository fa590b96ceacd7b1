import { type ChildProcess, spawn } from "node:child_process";

/** What the child said, or why it said nothing. */
export type ChildOutcome =
  | { ok: true; output: string }
  | { ok: false; why: "timeout" | "memory" | "unavailable"; log: string };

/** More than any bundle in JSON; a child that says more is cut off. */
const MOST_OUTPUT = 64 << 20;

/**
 * Runs a program of ours on foreign source: a process group of its own, nothing of our environment, at most so much time and
 * memory, and nothing of it left when this returns.
 */
export async function runChild(
  program: string,
  input: string,
  { ms, memoryBytes }: { ms: number; memoryBytes: number },
): Promise<ChildOutcome> {
  const child = start(program, memoryBytes);
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  let size = 0;
  let why: "timeout" | "memory" | null = null;
  const stop = (reason: typeof why) => {
    why ??= reason;
    killGroup(child);
  };
  const timer = setTimeout(() => stop("timeout"), ms);
  child.stdout?.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > MOST_OUTPUT) stop("memory");
    else out.push(chunk);
  });
  child.stderr?.on("data", (chunk: Buffer) => err.length < 100 && err.push(chunk));
  child.stdin?.on("error", () => undefined); // it may end before it has read all
  child.stdin?.end(input);
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(-1));
    child.once("close", resolve);
    child.once("exit", () => killGroup(child)); // esbuild and the type checker are its children, and hold its pipes
  });
  clearTimeout(timer);
  if (code === 0 && why === null) return { ok: true, output: Buffer.concat(out).toString("utf8") };
  const log = Buffer.concat(err).toString("utf8").slice(0, 4_000);
  return { ok: false, why: why ?? (ranOut(log, code) ? "memory" : "unavailable"), log };
}

/** Where there is a POSIX shell, it bounds what each process may allocate; Windows has the time limit alone. */
function start(program: string, memoryBytes: number): ChildProcess {
  const node = [process.execPath, "--max-old-space-size=512", program];
  const bounded = ["/bin/sh", "-c", 'ulimit -d "$1"; shift; exec "$@"', "sh", String(memoryBytes >> 10), ...node];
  const [command = "", ...args] = process.platform === "win32" ? node : bounded;
  return spawn(command, args, {
    env: { NODE_ENV: "production", GOMEMLIMIT: String(Math.floor(memoryBytes * 0.8)), GOMAXPROCS: "2" },
    stdio: ["pipe", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended, and all that it started with it.
  }
}

const ranOut = (log: string, code: number | null): boolean =>
  code === null ||
  /out of memory|heap limit|stack exceeds|cannot allocate|service was stopped|Maximum call stack/i.test(log);
