import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";

/** A process that a test started; only these are ever ended, and by their own id. */
export interface Started {
  readonly pid: number;
  /** All that it wrote so far, both streams. */
  output(): string;
  /** What it wrote to standard output alone. */
  stdout(): string;
  /** Resolves with the exit code (null: ended by a signal). */
  readonly exited: Promise<number | null>;
  /** SIGTERM, then SIGKILL after `patienceMs`; resolves once it is gone. */
  stop(patienceMs?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a program with exactly the environment given. `logFile` keeps its output for whoever reads a failure. */
export function start(
  command: string,
  args: string[],
  options: { cwd?: string; env: Record<string, string | undefined>; logFile?: string | undefined },
): Started {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${command} could not be started`);
  let output = "";
  let stdout = "";
  if (options.logFile) mkdirSync(dirname(options.logFile), { recursive: true });
  const log = options.logFile ? createWriteStream(options.logFile, { flags: "a" }) : null;
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
    log?.write(chunk);
  };
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    keep(chunk);
  });
  child.stderr.on("data", keep);
  let gone = false;
  const exited = new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("exit", (code) => {
      gone = true;
      log?.end();
      resolve(code);
    });
  });
  const kill = (signal: NodeJS.Signals) => {
    if (!gone) child.kill(signal);
  };
  return {
    pid,
    exited,
    kill,
    output: () => output,
    stdout: () => stdout,
    async stop(patienceMs = 10_000) {
      kill("SIGTERM");
      const timer = setTimeout(() => kill("SIGKILL"), patienceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** A TCP port on loopback that is free right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** Tries `probe` until it gives something other than null, or throws with `what` after `ms`. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | null> | T | null,
  ms = 10_000,
  pauseMs = 50,
): Promise<T> {
  const until = Date.now() + ms;
  let last: unknown = null;
  while (Date.now() < until) {
    try {
      const found = await probe();
      if (found !== null) return found;
    } catch (error) {
      last = error;
    }
    await sleep(pauseMs);
  }
  throw new Error(`Not within ${ms} ms: ${what}${last instanceof Error ? ` (${last.message})` : ""}`);
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether tests can look into processes; only Linux shows them as files. */
export const hasProc = existsSync("/proc/self/stat");

interface ProcessLine {
  pid: number;
  parent: number;
  command: string;
}

function processLines(): ProcessLine[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
        return [
          { pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ") },
        ];
      } catch {
        return []; // gone meanwhile
      }
    });
}

/** Direct children of a process that a test started. */
export const childrenOf = (pid: number): ProcessLine[] => processLines().filter((line) => line.parent === pid);

export const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));

/** Resident memory of a process, bytes. */
export function residentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kib ?? 0) * 1024;
}
