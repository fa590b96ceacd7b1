import { type ChildProcess, fork } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { migrate } from "@/db/migrate";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CACHE = join(ROOT, "node_modules/.cache/aerostack");
export const MIGRATIONS = join(ROOT, "db/migrations");

export interface DatabaseChild {
  url: string;
  process: ChildProcess;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
  /** SIGTERM, and waits. */
  stop(): Promise<void>;
}

/** Bundles `db/local/main.ts` for this run; a tenth of a second. Inside node_modules, so that packages resolve. */
export async function bundleDatabase(): Promise<string> {
  const outfile = join(CACHE, `database-${process.pid}-${randomBytes(4).toString("hex")}.mjs`);
  await build({
    entryPoints: [join(ROOT, "db/local/main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    alias: { "@": ROOT },
    logLevel: "warning",
  });
  process.once("exit", () => void rm(outfile, { force: true }));
  return outfile;
}

/**
 * Starts the database child and waits until it is ready.
 * @param where AEROSTACK_DB_DIR or AEROSTACK_DB_UPSTREAM, and what else it is to be told
 * @throws Error with the child's own message where it does not start
 */
export async function startDatabaseChild(entry: string, where: Record<string, string>): Promise<DatabaseChild> {
  const secret = randomBytes(24).toString("base64url");
  const child = fork(entry, { env: { ...process.env, AEROSTACK_DB_SECRET: secret, ...where }, execArgv: [], stdio: ["ignore", "inherit", "ignore", "ipc"] });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (message: { type: string; port: number; message: string }) =>
      message.type === "ready" ? resolve(message.port) : reject(new Error(message.message)),
    );
    void ended.then((code) => reject(new Error(`The database child ended with ${code}`)));
  });
  return {
    url: `postgres://aerostack:${secret}@127.0.0.1:${port}/aerostack?aerostack=local`,
    process: child,
    ended,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** A copy, ours alone, of a migrated embedded database. The first caller on a machine makes the original (about 6 s); it is made again when a migration or the engine changes. */
export async function copyOfTemplate(entry: string): Promise<string> {
  const template = join(CACHE, `template-${await fingerprint()}`);
  if (!existsSync(template)) {
    await mkdir(CACHE, { recursive: true });
    const fresh = await mkdtemp(join(CACHE, "making-"));
    const child = await startDatabaseChild(entry, { AEROSTACK_DB_DIR: fresh });
    await migrate(child.url, MIGRATIONS);
    await child.stop();
    // Who comes second throws its own away.
    await rename(fresh, template).catch(() => rm(fresh, { recursive: true, force: true }));
  }
  const copy = await mkdtemp(join(tmpdir(), "aerostack-database-"));
  await cp(template, copy, { recursive: true });
  return copy;
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(MIGRATIONS)).filter((file) => file.endsWith(".sql")).sort())
    hash.update(await readFile(join(MIGRATIONS, name)));
  hash.update(await readFile(join(ROOT, "node_modules/@electric-sql/pglite/package.json")));
  hash.update(await readFile(join(ROOT, "db/local/pglite-backend.ts")));
  return hash.digest("hex").slice(0, 16);
}
