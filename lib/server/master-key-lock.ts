import { sql } from "drizzle-orm";
import type { Db } from "@/lib/services/context";

/** Makes changes of the master keys wait for each other, across nodes, until the transaction ends. */
export async function lockMasterKeys(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('aerostack master key'))`);
}
