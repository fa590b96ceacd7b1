import { rm } from "node:fs/promises";
import { migrate } from "@/db/migrate";
import { createDatabase, type Database } from "@/db/node";
import { bundleDatabase, copyOfTemplate, type DatabaseChild, MIGRATIONS, startDatabaseChild } from "./database-child";
import { startPostgres } from "./postgres";

export interface TestDatabase extends Database {
  /** Connection string of our endpoint, for `createEdgeQuery` and child processes. */
  url: string;
  /** For the few differences that a test has to know. */
  kind: "embedded" | "postgres";
}

/** Which database the integration tests run on: `TEST_DATABASE=postgres`, else the embedded one. */
export const testDatabaseKind: TestDatabase["kind"] =
  process.env.TEST_DATABASE === "postgres" ? "postgres" : "embedded";

let shared: Promise<TestDatabase> | null = null;

/**
 * A migrated database behind our own endpoint, one per vitest worker (test file): start it in `beforeAll`, call `close`
 * in `afterAll`. Every test makes its own workspace in it. Takes about a second.
 */
export function testDatabase(): Promise<TestDatabase> {
  shared ??= start();
  return shared;
}

async function start(): Promise<TestDatabase> {
  const { child, clean } = testDatabaseKind === "postgres" ? await onPostgres() : await embedded();
  const { db, query, close } = createDatabase(child.url);
  return {
    url: child.url,
    kind: testDatabaseKind,
    db,
    query,
    async close() {
      shared = null;
      await close();
      await child.stop();
      await clean();
    },
  };
}

interface Started {
  child: DatabaseChild;
  clean(): Promise<void>;
}

async function embedded(): Promise<Started> {
  const entry = await bundleDatabase();
  const dir = await copyOfTemplate(entry);
  const child = await startDatabaseChild(entry, { AEROSTACK_DB_DIR: dir });
  return { child, clean: () => rm(dir, { recursive: true, force: true }) };
}

async function onPostgres(): Promise<Started> {
  const cluster = await startPostgres();
  const child = await startDatabaseChild(await bundleDatabase(), { AEROSTACK_DB_UPSTREAM: cluster.url });
  await migrate(child.url, MIGRATIONS);
  return { child, clean: cluster.stop };
}
