import { type ChildProcess, fork } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
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

/** Bundles `db/local/main.ts` for this run; a tenth of a second. */
export const bundleDatabase = (): Promise<string> => bundle('import "@/db/local/main";');

/** A program that takes the lock of the directory it is given, says `mine` (or why not), and holds it until its input ends. */
export const bundleLock = (): Promise<string> =>
  bundle(`import { lockDirectory } from "@/db/local/lock";
    lockDirectory(process.argv[2], () => {}).then(() => console.log("mine"), (error) => console.log(error.name));
    process.stdin.resume().on("end", () => process.exit());`);

/** Bundles a program for a child process. Kept inside node_modules, so that packages resolve, under a name that tells the content. */
export async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    alias: { "@": ROOT },
    logLevel: "warning",
  });
  const text = outputFiles[0]?.text ?? "";
  const path = join(CACHE, `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.mjs`);
  if (!existsSync(path)) {
    await mkdir(CACHE, { recursive: true });
    const fresh = `${path}.${randomBytes(4).toString("hex")}`;
    await writeFile(fresh, text);
    await rename(fresh, path);
  }
  return path;
}

/**
 * Starts the database child and waits until it is ready.
 * @param where AEROSTACK_DB_DIR or AEROSTACK_DB_UPSTREAM, and what else it is to be told
 * @throws Error with the child's own message where it does not start
 */
export async function startDatabaseChild(entry: string, where: Record<string, string>): Promise<DatabaseChild> {
  const secret = randomBytes(24).toString("base64url");
  const child = fork(entry, {
    env: { ...process.env, AEROSTACK_DB_SECRET: secret, ...where },
    execArgv: [],
    stdio: ["ignore", "inherit", "ignore", "ipc"],
  });
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
