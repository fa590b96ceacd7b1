import { masterKeys as masterKeysTable } from "@/db/schema";
import { dataKeys } from "@/db/schema/data-keys";
import { liveMasterKeys } from "@/lib/crypto/live-master-keys";
import { importMasterKeys, type MasterKeys } from "@/lib/crypto/master-keys";
import { AppError } from "@/lib/errors";
import type { Db } from "@/lib/services/context";
import { lockMasterKeys } from "./master-key-lock";
import type { MasterKeySource } from "./master-key-source";
import { StartError } from "./start-error";

export interface LoadedMasterKey {
  /** They follow their source while the process runs. */
  keys: MasterKeys;
  /** As given or kept; for processes and lanes that import it themselves. */
  text: string;
  /** Where it came from, for the banner. */
  name: string;
  /** Made just now, in a file: the one thing that must be backed up. */
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

/** Notes keys that may write from now on. */
export const noteMasterKeys = async (db: Db, ids: readonly string[]): Promise<void> =>
  void (await db
    .insert(masterKeysTable)
    .values(ids.map((id) => ({ id })))
    .onConflictDoNothing());

/**
 * Checks that the keys open what the database holds, and notes which ones this process knows. In one transaction under
 * a lock, so that two nodes on a new database cannot both bring their own key.
 * @throws StartError where a key is missing
 */
async function matchDatabase(db: Db, keys: MasterKeys): Promise<void> {
  await db.transaction(async (tx) => {
    await lockMasterKeys(tx);
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
    await noteMasterKeys(tx, keys.ids);
  });
}

/**
 * The master keys from their source, made new only for a database that was never sealed, because a fresh key over
 * existing data would lose every secret.
 * @param onChange told the new text when a running process learns other keys
 * @throws StartError with what to do
 */
export async function loadMasterKey(
  db: Db,
  source: MasterKeySource,
  onChange: (text: string) => void = () => undefined,
): Promise<LoadedMasterKey> {
  let found = await source.read();
  const noted =
    found === null && (await db.select({ id: masterKeysTable.id }).from(masterKeysTable).limit(1)).length > 0;
  if (noted) found = await source.read(); // another node may have made the first key between the two looks
  if (noted && found === null) {
    throw new StartError(
      `The master key of this database is missing: ${source.name} has none${source.kind === "kms" ? "" : " and AEROSTACK_MASTER_KEY is not set"}. ` +
        "Restore it from a backup; a new key could not open the secrets.",
    );
  }
  const text = found ?? (await source.create());
  const first = await importOrRefuse(text, source.name);
  await matchDatabase(db, first);
  const { name, kind } = source;
  const keys = kind === "environment" ? first : follow(first, source, text, onChange);
  return { keys, text, name, created: found === null && kind === "file" };
}

/** A change that cannot be used (a torn or foreign file) changes nothing. */
function follow(
  first: MasterKeys,
  source: MasterKeySource,
  text: string,
  onChange: (text: string) => void,
): MasterKeys {
  let known = text;
  return liveMasterKeys(first, async () => {
    const now = await source.read();
    if (now === null || now === known) return null;
    const keys = await importMasterKeys(now);
    known = now;
    onChange(now);
    return keys;
  });
}
