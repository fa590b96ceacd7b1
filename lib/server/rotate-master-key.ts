import { and, eq, ne } from "drizzle-orm";
import { dataKeys } from "@/db/schema/data-keys";
import { rewrapDataKey } from "@/lib/crypto/data-key";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import type { Db } from "@/lib/services/context";
import { touchWorkspace } from "@/lib/services/workspace/touch";

/** How many data keys another master key than the one that writes has wrapped. */
export async function countToRewrap(db: Db, keys: MasterKeys): Promise<number> {
  return db.$count(dataKeys, ne(dataKeys.masterKeyId, keys.current.id));
}

/**
 * Wraps every data key by the master key that writes, workspace by workspace; what the data keys sealed stays as it is.
 * Each workspace is one transaction under its lock, so this can be cut off anywhere and run again. Its version goes up,
 * so that gateways read the new wrapping and no longer need the old key.
 * @returns how many were wrapped anew
 * @throws as `openDataKey`; the workspaces before are done then
 */
export async function rewrapDataKeys(db: Db, keys: MasterKeys): Promise<number> {
  const other = ne(dataKeys.masterKeyId, keys.current.id);
  const workspaces = await db.selectDistinct({ id: dataKeys.workspaceId }).from(dataKeys).where(other);
  let wrapped = 0;
  for (const { id: workspaceId } of workspaces) {
    await db.transaction(async (tx) => {
      await touchWorkspace(tx, workspaceId);
      const rows = await tx
        .select()
        .from(dataKeys)
        .where(and(eq(dataKeys.workspaceId, workspaceId), other))
        .for("update");
      for (const row of rows) {
        await tx
          .update(dataKeys)
          .set(await rewrapDataKey(keys, row))
          .where(eq(dataKeys.id, row.id));
        wrapped += 1;
      }
    });
  }
  return wrapped;
}
