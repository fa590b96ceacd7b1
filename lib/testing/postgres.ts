import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const BIN = process.env.POSTGRES_BIN ?? "/usr/lib/postgresql/15/bin";

/** Whether a cluster can be started on this machine. */
export const hasPostgres = (): boolean => process.platform === "linux" && existsSync(join(BIN, "postgres"));

export interface PostgresCluster {
  url: string;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Where it stays after `stop`, and is found again; otherwise it is thrown away. */
  keepIn?: string;
  settings?: Record<string, string>;
}

/**
 * A throw-away Postgres 15 cluster on loopback with a password (SCRAM). Postgres refuses to run as root, so it runs as
 * the user `postgres` then.
 * @throws Error where the binaries are missing
 */
export async function startPostgres({ keepIn, settings: more }: ClusterOptions = {}): Promise<PostgresCluster> {
  if (!existsSync(join(BIN, "postgres")))
    throw new Error(`No Postgres in ${BIN}; install postgresql-15 or set POSTGRES_BIN.`);
  const dir = keepIn ?? (await mkdtemp(join(tmpdir(), "aerostack-postgres-")));
  await mkdir(dir, { recursive: true });
  const user = process.getuid?.() === 0 ? idOf("postgres") : null;
  const as = user === null ? {} : { uid: user, gid: user };
  if (user !== null) await chown(dir, user, user);
  const data = join(dir, "data");
  const password = "test-password";
  const passwordFile = join(dir, "password");
  await writeFile(passwordFile, password, { mode: 0o644 });
  if (!existsSync(data)) {
    const made = spawnSync(
      join(BIN, "initdb"),
      [
        "-D",
        data,
        "-U",
        "aerostack",
        "--auth=scram-sha-256",
        `--pwfile=${passwordFile}`,
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
      ],
      as,
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  }
  const port = await freePort();
  const settings = {
    fsync: "off",
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: dir,
    ...more,
  };
  // Dies with this process even when that is killed.
  const server = spawn(
    "setpriv",
    [
      "--pdeathsig=QUIT",
      ...(user === null ? [] : [`--reuid=${user}`, `--regid=${user}`, "--clear-groups"]),
      join(BIN, "postgres"),
      ...["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    ],
    { stdio: "ignore" },
  );
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  for (
    let tries = 0;
    spawnSync(join(BIN, "pg_isready"), ["-h", "127.0.0.1", "-p", String(port)]).status !== 0;
    tries++
  ) {
    if (tries > 100) throw new Error("Postgres did not start.");
    await sleep(100);
  }
  return {
    url: `postgres://aerostack:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      server.kill("SIGINT");
      await ended;
      if (keepIn === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}

const idOf = (user: string): number => Number(spawnSync("id", ["-u", user]).stdout.toString());

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
