import { eq, sql } from "drizzle-orm";
import journal from "@/db/migrations/meta/_journal.json";
import { masterKeys } from "@/db/schema/master-keys";
import { settings } from "@/db/schema/settings";
import type { Db } from "@/lib/services/context";

/** What must hold before a node may be given traffic. Upstreams never decide it. */
export type ReadinessPart = "database" | "master_key" | "migrations";

export interface Readiness {
  ready: boolean;
  /** What is missing; empty when ready. */
  missing: ReadinessPart[];
}

/** What a node says before it has opened its database. */
export const NOT_READY: Readiness = { ready: false, missing: ["database", "master_key", "migrations"] };

const CHECK_MS = 3_000;
const LAST_MIGRATION = Math.max(...journal.entries.map((entry) => entry.when));

async function probe(db: Db, masterKeyId: string): Promise<Readiness> {
  // A write, because a database that only reads records no call, and the gateway then makes none.
  const row = { key: "readiness", value: {}, updatedAt: sql`now()` };
  await db
    .insert(settings)
    .values(row)
    .onConflictDoUpdate({ target: settings.key, set: { updatedAt: row.updatedAt } });
  const keys = await db.select({ id: masterKeys.id }).from(masterKeys).where(eq(masterKeys.id, masterKeyId));
  const applied = await db.select({ at: sql<string | null>`max(created_at)` }).from(sql`drizzle.__drizzle_migrations`);
  const missing: ReadinessPart[] = [];
  if (keys.length === 0) missing.push("master_key");
  // A newer schema than ours is fine: migrations only add.
  if (Number(applied[0]?.at ?? 0) < LAST_MIGRATION) missing.push("migrations");
  return { ready: missing.length === 0, missing };
}

async function check(db: Db, masterKeyId: string): Promise<Readiness> {
  const late = new Promise<never>((_, reject) => setTimeout(reject, CHECK_MS, new Error("late")).unref());
  try {
    return await Promise.race([probe(db, masterKeyId), late]);
  } catch {
    return { ready: false, missing: ["database"] };
  }
}

/**
 * Readiness, asked at most once a second however often probes come, because each question is a database write and
 * the route is open to everyone.
 * @param masterKeyId id of the key that this process writes with
 */
export function createReadiness(
  db: Db,
  masterKeyId: () => string,
  now: () => number = Date.now,
): () => Promise<Readiness> {
  let last: Promise<Readiness> | undefined;
  let askedAt = 0;
  return () => {
    if (!last || now() - askedAt >= 1_000) {
      askedAt = now();
      last = check(db, masterKeyId());
    }
    return last;
  };
}

/** Body and status of an answer to a readiness probe. */
export function readinessAnswer(readiness: Readiness): { status: number; body: string } {
  return readiness.ready
    ? { status: 200, body: '{"status":"ready"}' }
    : { status: 503, body: JSON.stringify({ status: "unavailable", missing: readiness.missing }) };
}
