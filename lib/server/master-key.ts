import { sql } from "drizzle-orm";
import { masterKeys as masterKeysTable } from "@/db/schema";
import { dataKeys } from "@/db/schema/data-keys";
import { generateMasterKey, importMasterKeys, type MasterKeys } from "@/lib/crypto/master-keys";
import { AppError } from "@/lib/errors";
import type { Db } from "@/lib/services/context";
import { createMasterKeyFile, readMasterKeyFile } from "./master-key-file";
import { StartError } from "./start-error";

export interface LoadedMasterKey {
  keys: MasterKeys;
  /** As given or kept in the file; for processes and lanes that import it themselves. */
  text: string;
  /** Where it came from, for the banner; null: the environment. */
  path: string | null;
  /** Made just now. */
  created: boolean;
}

async function importOrRefuse(text: string, source: string): Promise<MasterKeys> {
  try {
    return await importMasterKeys(text);
  } catch (error) {
    if (error instanceof AppError) throw new StartError(`${source} holds no usable master key: ${error.message}`);
    throw error;
  }
}

/**
 * Checks that the keys open what the database holds, and notes which key writes from now on. In one transaction under
 * a lock, so that two nodes on a new database cannot both bring their own key.
 * @throws StartError where a key is missing
 */
async function matchDatabase(db: Db, keys: MasterKeys): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('aerostack master key'))`);
    const noted = (await tx.select({ id: masterKeysTable.id }).from(masterKeysTable)).map((row) => row.id);
    const used = (await tx.selectDistinct({ id: dataKeys.masterKeyId }).from(dataKeys)).map((row) => row.id);
    const missing = (used.length > 0 ? used : noted).filter((id) => !keys.get(id));
    const wrong = used.length > 0 ? missing.length > 0 : noted.length > 0 && missing.length === noted.length;
    if (wrong) {
      throw new StartError(
        `This database was sealed with the master key ${missing[0]}, and the key given is ${keys.current.id}. ` +
          "Restore the right key (AEROSTACK_MASTER_KEY or its file); without it the secrets cannot be opened. Nothing was changed.",
      );
    }
    await tx.insert(masterKeysTable).values({ id: keys.current.id }).onConflictDoNothing();
  });
}

/**
 * The master key: from the environment, else from its file, else made new; the last only for a database that was never
 * sealed, because a fresh key over existing data would lose every secret.
 * @throws StartError with what to do
 */
export async function loadMasterKey(db: Db, given: string | null, path: string): Promise<LoadedMasterKey> {
  if (given !== null) {
    const keys = await importOrRefuse(given, "AEROSTACK_MASTER_KEY");
    await matchDatabase(db, keys);
    return { keys, text: given, path: null, created: false };
  }
  const found = await readMasterKeyFile(path);
  if (found === null && (await db.select({ id: masterKeysTable.id }).from(masterKeysTable).limit(1)).length > 0) {
    throw new StartError(
      `The master key of this database is missing: ${path} is not there and AEROSTACK_MASTER_KEY is not set. ` +
        "Restore it from a backup; a new key could not open the secrets.",
    );
  }
  const text = found ?? (await createMasterKeyFile(path, generateMasterKey));
  const keys = await importOrRefuse(text, path);
  await matchDatabase(db, keys);
  return { keys, text, path, created: found === null };
}
