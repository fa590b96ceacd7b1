import type { SQL } from "drizzle-orm";
import type { Db } from "@/lib/services/context";

/** Rows of a statement that Drizzle's builder cannot say. Every driver of ours answers `{ rows }`; times come as text, so ask for ms. */
export async function rowsOf<T>(db: Db, statement: SQL): Promise<T[]> {
  return ((await db.execute(statement)) as unknown as { rows: T[] }).rows;
}
