import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createDatabase, type Database } from "@/db/node";
import type { Env } from "@/lib/env";
import type { Log } from "@/lib/log";
import { databaseKind, startDatabase } from "./database-child";

/**
 * Where the running server says how its embedded database is reached, so that `npm run rotate-key` can work beside it.
 * The address holds the endpoint's secret of this one run; whoever can read this file can read the database beside it.
 */
const noteIn = (dataDir: string): string => join(resolve(dataDir), "endpoint");

/** Leaves the note; `clear` removes it. Failing costs no more than a rotation beside the running server. */
export async function noteRunningDatabase(dataDir: string, url: string): Promise<{ clear(): Promise<void> }> {
  const path = noteIn(dataDir);
  await rm(path, { force: true });
  await writeFile(path, url, { mode: 0o600, flag: "wx" });
  await chmod(path, 0o600);
  return { clear: () => rm(path, { force: true }) };
}

/**
 * The installation's database for a command beside the server: through the running server where there is one, else
 * started for the time being.
 * @param entry path of the database child's program
 * @throws StartError
 */
export async function openDatabaseBeside(
  env: Env,
  entry: string,
  log: Log,
): Promise<{ database: Database; stop(): Promise<void> }> {
  const running = databaseKind(env.databaseUrl) === "embedded" ? await findRunning(env.dataDir) : null;
  if (running) return { database: running, stop: () => running.close() };
  const started = await startDatabase(env, entry, log);
  const database = createDatabase(started.url);
  return {
    database,
    async stop() {
      await database.close();
      await started.child?.stop(5_000);
    },
  };
}

/** Null where no server runs: no note, or one that a killed server left, whose address no longer answers to its secret. */
async function findRunning(dataDir: string): Promise<Database | null> {
  const url = await readFile(noteIn(dataDir), "utf8").catch(() => null);
  if (url === null || !URL.canParse(url)) return null;
  const database = createDatabase(url);
  try {
    await database.query("SELECT 1");
    return database;
  } catch {
    await database.close().catch(() => undefined);
    return null;
  }
}
