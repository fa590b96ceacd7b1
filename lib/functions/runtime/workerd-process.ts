import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Pool } from "undici";
import type { Outbound } from "../egress/outbound";
import { HOST_FILE, SOCKETS, workerdConfig } from "./capnp";
import { openSockets } from "./process-sockets";
import { FIRST_UID, type Guard, UIDS } from "./protections";
import type { RunFolder } from "./run-folder";
import type { Tenant } from "./tenant";

const START_MS = 15_000; // workerd listens after 35–240 ms; a machine may be busy
const BINARY_FD = 4;
const NICE = 5; // the gateway goes first
const PAGE_BYTES = 4_096;

/** How processes are made on this machine. */
export interface ProcessOptions {
  binary: string;
  guard: Guard;
  folder: RunFolder;
  /** Text of the built host worker. */
  host: string;
  outbound: Outbound;
  heapMb: number;
  dataKb: number;
}

/** What one process answered, before its body. */
export interface FrontAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Readable & { text(): Promise<string>; arrayBuffer(): Promise<ArrayBuffer> };
}

/** One workerd. */
export interface WorkerdProcess {
  readonly pid: number;
  tenant: Tenant | null;
  /** Sends one call's body with its headers. */
  send(headers: Record<string, string>, body: string, signal: AbortSignal): Promise<FrontAnswer>;
  /** Resolves once the host worker's thread answers. */
  ping(signal: AbortSignal): Promise<void>;
  /** Resident bytes, or null where the system does not say. */
  residentBytes(): number | null;
  /** Ends it at once; nothing in it needs saving. */
  kill(): void;
  alive(): boolean;
  /** Resolves once it is gone, with the end of what it wrote to its error output. */
  readonly exited: Promise<string>;
}

let slots = 0;

/** Starts one process under the guard and waits until it listens. @throws Error where it does not */
export async function startProcess(options: ProcessOptions): Promise<WorkerdProcess> {
  const { binary, guard, folder, outbound } = options;
  const slot = slots++;
  // Each its own user: one that broke out of workerd could not touch another.
  const uid = guard.ownUser ? FIRST_UID + (slot % UIDS) : null;
  const path = folder.open(slot, uid);
  writeFileSync(join(path, HOST_FILE), options.host, { mode: 0o644 });
  writeFileSync(join(path, "config.capnp"), workerdConfig(path, options.heapMb), { mode: 0o644 });
  const key = randomBytes(24).toString("base64url");
  const state: { tenant: Tenant | null } = { tenant: null };
  const sockets = await openSockets(path, () => state.tenant, outbound);
  const fd = openSync(binary, "r");
  const [program = "", ...args] = guard.command(uid ?? 0, options.dataKb, BINARY_FD);
  const serve = ["serve", "--experimental", "--control-fd=3", join(path, "config.capnp")];
  // Its output is the functions' printing, which reaches us by the tail already.
  const child = spawn(program, [...args, ...serve], {
    stdio: ["ignore", "ignore", "pipe", "pipe", fd],
    env: { NODE_ENV: "production", RT_BOOT_KEY: key, PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
    cwd: path,
  });
  closeSync(fd);
  const front = new Pool("http://runtime", {
    socketPath: join(path, SOCKETS.front),
    connections: 256,
    headersTimeout: 0, // each call brings its own deadline
    bodyTimeout: 0,
  });
  const said = lastWords(child);
  const exited = new Promise<string>((resolve) => {
    const end = () => {
      sockets.close();
      front.destroy().catch(() => undefined);
      folder.drop(slot);
      resolve(said());
    };
    child.once("exit", end);
    child.once("error", end);
  });
  try {
    await listening(child, exited);
    folder.note(slot, child.pid ?? 0);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  renice(child.pid ?? 0);

  return {
    pid: child.pid ?? 0,
    get tenant() {
      return state.tenant;
    },
    set tenant(tenant) {
      state.tenant = tenant;
    },
    async send(headers, body, signal) {
      const all = { ...headers, "x-rt-key": key };
      const {
        statusCode,
        headers: given,
        body: answer,
      } = await front.request({ path: "/mcp", method: "POST", headers: all, body, signal });
      answer.on("error", () => undefined);
      return { status: statusCode, headers: given, body: answer };
    },
    async ping(signal) {
      const { body } = await front.request({ path: "/health", method: "GET", signal });
      await body.dump();
    },
    residentBytes: () => residentBytes(child.pid ?? 0),
    kill: () => void child.kill("SIGKILL"),
    alive: () => child.exitCode === null && child.signalCode === null,
    exited,
  };
}

/** Until workerd says on its control pipe that its socket is open. */
function listening(child: ChildProcess, exited: Promise<string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("workerd did not start in time")), START_MS);
    const pipe = child.stdio[3] as Readable;
    pipe.once("data", () => {
      clearTimeout(timer);
      resolve();
    });
    exited.then((words) => {
      clearTimeout(timer);
      reject(new Error(`workerd ended while it started: ${words}`));
    });
  });
}

/** The last kilobyte of its error output: how V8 says that memory ran out. */
function lastWords(child: ChildProcess): () => string {
  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    words = (words + chunk.toString("utf8")).slice(-1_024);
  });
  return () => words;
}

function renice(pid: number): void {
  try {
    setPriority(pid, NICE);
  } catch {
    // It is gone, or the system does not let us.
  }
}

function residentBytes(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * PAGE_BYTES;
  } catch {
    return null;
  }
}
