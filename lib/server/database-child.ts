import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Env } from "@/lib/env";
import type { Log } from "@/lib/log";
import { StartError } from "./start-error";
import { type Supervisor, supervise } from "./supervisor";

/** Where the rows are: `embedded` in the data directory, `postgres` behind our endpoint, `neon` reached directly. */
export type DatabaseKind = "embedded" | "postgres" | "neon";

export interface RunningDatabase {
  kind: DatabaseKind;
  /** Connection string for `createDatabase` and the Next routes. Holds a secret. */
  url: string;
  /** Null where no child process is needed. */
  child: Supervisor | null;
}

/** initdb alone takes 4–6 s on a slow machine, so the first start may take long. */
const READY_MS = 90_000;
/** Children get what Node needs and nothing of ours: above all not the master key. */
const INHERITED = [
  "PATH",
  "HOME",
  "TMPDIR",
  "TEMP",
  "SystemRoot",
  "LANG",
  "TZ",
  "NODE_EXTRA_CA_CERTS",
  "PGSSLROOTCERT",
];

/** Which way leads to the database of this configuration. Our own endpoint's address (marked `aerostack=local`) and Neon speak Neon's protocol already. */
export function databaseKind(databaseUrl: string | null): DatabaseKind {
  if (databaseUrl === null) return "embedded";
  const url = new URL(databaseUrl);
  return url.hostname.endsWith(".neon.tech") || url.searchParams.get("aerostack") === "local" ? "neon" : "postgres";
}

async function prepareDataDir(dataDir: string): Promise<string> {
  const path = resolve(dataDir);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch {
    throw new StartError(`The data directory ${path} cannot be made. Choose another with AEROSTACK_DATA_DIR.`);
  }
  return path;
}

/**
 * Makes the database reachable; starts the endpoint's child process where one is needed.
 * @param entry path of the child's program
 * @throws StartError
 */
export async function startDatabase(env: Env, entry: string, log: Log): Promise<RunningDatabase> {
  const kind = databaseKind(env.databaseUrl);
  if (kind === "neon") return { kind, url: env.databaseUrl ?? "", child: null };
  const where =
    kind === "embedded"
      ? { AEROSTACK_DB_DIR: join(await prepareDataDir(env.dataDir), "db") }
      : { AEROSTACK_DB_UPSTREAM: env.databaseUrl ?? "" };
  const secret = randomBytes(24).toString("base64url");
  const inherited = Object.fromEntries(
    INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  const child = supervise(
    {
      name: "database",
      readyMs: READY_MS,
      fork: (port) =>
        fork(entry, {
          // Its own process group: Ctrl-C must not take the database away before the last calls are written.
          // It ends by itself when the IPC channel to this process closes.
          detached: true,
          execArgv: [],
          env: {
            ...inherited,
            ...where,
            AEROSTACK_DB_SECRET: secret,
            AEROSTACK_DB_PORT: String(port),
            NODE_ENV: "production",
          },
        }),
    },
    log,
  );
  const port = await child.start();
  return { kind, url: `postgres://aerostack:${secret}@127.0.0.1:${port}/aerostack?aerostack=local`, child };
}
