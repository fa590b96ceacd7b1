import { readMigrationFiles } from "drizzle-orm/migrator";
import { openPool } from "./node";

/** Any number; it only has to be ours, so that two nodes that start together wait for each other. */
const LOCK = 7_261_540_221;

/**
 * Brings the schema up to date: all migrations that are missing, in one transaction under an advisory lock. The
 * book-keeping is drizzle's own table, so its tools read it.
 * @param folder where `meta/_journal.json` is
 * @throws Error where the database was written by a newer version, or a statement fails (then nothing was changed)
 */
export async function migrate(databaseUrl: string, folder: string): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  const pool = openPool(databaseUrl, 1);
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
    await client.query('CREATE SCHEMA IF NOT EXISTS "drizzle"');
    await client.query(
      'CREATE TABLE IF NOT EXISTS "drizzle"."__drizzle_migrations" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)',
    );
    const { rows } = await client.query<{ at: number }>(
      'SELECT coalesce(max(created_at), 0)::float8 AS at FROM "drizzle"."__drizzle_migrations"',
    );
    const done = rows[0]?.at ?? 0;
    if (done > Math.max(...migrations.map((migration) => migration.folderMillis)))
      throw new Error(
        "The database was written by a newer version of Aerostack. Start that version, or restore a backup.",
      );
    for (const migration of migrations.filter((candidate) => candidate.folderMillis > done)) {
      for (const statement of migration.sql) await client.query(statement);
      await client.query('INSERT INTO "drizzle"."__drizzle_migrations" (hash, created_at) VALUES ($1, $2)', [
        migration.hash,
        migration.folderMillis,
      ]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    client.release();
    await pool.end();
  }
}
