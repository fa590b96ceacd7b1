import { and, desc, eq } from "drizzle-orm";
import { dataKeys } from "@/db/schema/data-keys";
import { createDataKey, openDataKey } from "@/lib/crypto/data-key";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { Db, WorkspaceCtx } from "@/lib/services/context";

/**
 * The data key that seals this workspace's new secrets: the newest, made on first use. Which master key wraps it does
 * not matter: `npm run rotate-key` wraps all anew. The workspace must be locked, or two are made.
 */
export async function currentDataKey(tx: Db, ctx: WorkspaceCtx): Promise<{ id: string; key: CryptoKey }> {
  const workspaceId = ctx.workspace.id;
  const [row] = await tx
    .select()
    .from(dataKeys)
    .where(eq(dataKeys.workspaceId, workspaceId))
    .orderBy(desc(dataKeys.createdAt), desc(dataKeys.id))
    .limit(1);
  if (row) return { id: row.id, key: await openDataKey(ctx.masterKeys, row) };
  const now = ctx.now();
  const id = newId("dataKey", now.getTime());
  const created = await createDataKey(ctx.masterKeys, { workspaceId, dataKeyId: id });
  await tx.insert(dataKeys).values({ id, workspaceId, ...created, createdAt: now });
  return { id, key: await openDataKey(ctx.masterKeys, { id, workspaceId, ...created }) };
}

/** A data key of this workspace by id, for opening. @throws AppError `internal` where it is gone */
export async function dataKeyById(db: Db, ctx: WorkspaceCtx, id: string): Promise<CryptoKey> {
  const [row] = await db
    .select()
    .from(dataKeys)
    .where(and(eq(dataKeys.workspaceId, ctx.workspace.id), eq(dataKeys.id, id)));
  if (!row) throw new AppError("internal", "Secret cannot be opened");
  return openDataKey(ctx.masterKeys, row);
}
