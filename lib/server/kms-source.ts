import { desc, inArray, isNotNull } from "drizzle-orm";
import { masterKeys } from "@/db/schema/master-keys";
import { importMasterKeys } from "@/lib/crypto/master-keys";
import type { Db } from "@/lib/services/context";
import { lockMasterKeys } from "./master-key-lock";
import type { MasterKeySource } from "./master-key-source";

/** The two operations that we need of a key management service. Plain keys are base64, sealed ones what it gave. */
export interface Kms {
  /** For the banner. */
  name: string;
  /** A new 256-bit key, plain and sealed. @throws StartError */
  generate(): Promise<{ plain: string; sealed: string }>;
  /** Opens what `generate` sealed. @throws StartError */
  open(sealed: string): Promise<string>;
}

/**
 * Master keys that a key management service sealed; the database holds the sealed form, memory the plain one. The
 * newest writes.
 * @param others keys from before the move to the service, still readable where they are given
 */
export function kmsSource(db: Db, kms: Kms, others: MasterKeySource): MasterKeySource {
  const opened = new Map<string, string>();
  const sealedRows = (tx: Db) =>
    tx
      .select({ id: masterKeys.id, sealed: masterKeys.sealed })
      .from(masterKeys)
      .where(isNotNull(masterKeys.sealed))
      .orderBy(desc(masterKeys.createdAt), desc(masterKeys.id));

  async function read(): Promise<string | null> {
    const texts: string[] = [];
    for (const { id, sealed } of await sealedRows(db)) {
      const plain = opened.get(id) ?? (await kms.open(sealed ?? ""));
      opened.set(id, plain);
      texts.push(plain);
    }
    const given = await others.read();
    if (given !== null) texts.push(given);
    return texts.length > 0 ? texts.join(",") : null;
  }

  /** @param first whether only an installation without any key may get this one */
  async function make(first: boolean): Promise<string> {
    const { plain, sealed } = await kms.generate();
    const { id } = (await importMasterKeys(plain)).current;
    await db.transaction(async (tx) => {
      await lockMasterKeys(tx);
      if (first && (await sealedRows(tx)).length > 0) return; // another node was faster; its key counts
      await tx.insert(masterKeys).values({ id, sealed });
      opened.set(id, plain);
    });
    return (await read()) ?? plain;
  }

  return {
    kind: "kms",
    name: kms.name,
    read,
    create: () => make(true),
    add: () => make(false),
    retire: async () => {
      const older = (await sealedRows(db)).slice(1).map(({ id }) => id);
      if (older.length > 0) await db.delete(masterKeys).where(inArray(masterKeys.id, older));
      return (await read()) ?? "";
    },
    pollMs: null,
  };
}
