import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** Where the engine's files are inside a database directory. */
export const engineDir = (dir: string): string => join(dir, "pg");

/**
 * Makes a new database where there is none. initdb needs 700 MB of memory that a WebAssembly process never gives back,
 * so it runs in a process that ends at once. It works beside the final place, so a broken attempt leaves nothing half-made.
 * @param entry this program's own file
 * @throws Error where the attempt fails
 */
export async function ensureInitialised(dir: string, entry: string): Promise<void> {
  if (existsSync(join(engineDir(dir), "PG_VERSION"))) return;
  const child = fork(entry, [], {
    env: { ...process.env, AEROSTACK_DB_INIT: "1" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (code !== 0)
    throw new Error(`The database in ${dir} could not be made. Is there space (80 MB) and the right to write?`);
}

/** The throw-away process's work. */
export async function initialise(dir: string): Promise<void> {
  const { openEngine } = await import("./pglite-backend");
  const fresh = join(dir, "pg.new");
  await rm(fresh, { recursive: true, force: true });
  await (await openEngine(fresh)).close();
  await rename(fresh, engineDir(dir));
}
