import { setTimeout as sleep } from "node:timers/promises";
import { and, asc, desc, eq, gt, isNotNull, ne, sql } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { dataKeys } from "@/db/schema/data-keys";
import { keptResults } from "@/db/schema/kept-results";
import { secrets } from "@/db/schema/secrets";
import { settings } from "@/db/schema/settings";
import { resealPayload } from "@/lib/crypto/call-payload";
import { createDataKey, openDataKey } from "@/lib/crypto/data-key";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import { resealSecret } from "@/lib/crypto/secret";
import { newId } from "@/lib/ids";
import type { Db } from "@/lib/services/context";
import { bindingOf } from "@/lib/services/secret/store";
import { touchWorkspace } from "@/lib/services/workspace/touch";

/** Rows that one transaction seals anew; the workspace's own changes wait that long. */
const BATCH = 100;
/** Marks a rotation that has begun: run again after a crash, it goes on instead of beginning anew. */
const MARK = "data_key_rotation";
/** How long (ms) a gateway may still seal payloads with the data key that it knows. */
const SETTLE_MS = 5_000;

export interface DataKeyRotation {
  workspaces: number;
  secrets: number;
  /** Kept arguments and results. */
  arguments: number;
  /** Rows that do not open under the key they name: damaged or tampered with. They keep their old key, and that stays. */
  unreadable: number;
}

type Keys = Map<string, CryptoKey>;

/**
 * Gives every workspace that has a data key a new one for all writes, seals its secrets and kept payloads anew in
 * batches, and deletes the old key when nothing names it any more. Calls go on meanwhile: a gateway works with the
 * wrapped key and sealed value of one moment, and both keys open until the end. Run again after a crash it goes on.
 */
export async function rotateDataKeys(
  db: Db,
  masterKeys: MasterKeys,
  options: { now?: () => Date; settleMs?: number } = {},
): Promise<DataKeyRotation> {
  const startedAt = await begin(db, (options.now ?? (() => new Date()))());
  const workspaces = (await db.selectDistinct({ id: dataKeys.workspaceId }).from(dataKeys)).map((row) => row.id).sort();
  const done: DataKeyRotation = { workspaces: workspaces.length, secrets: 0, arguments: 0, unreadable: 0 };
  const kept = new Map<string, string>();
  for (const workspaceId of workspaces) {
    const current = await ensureFresh(db, masterKeys, workspaceId, startedAt);
    if (current === null) continue; // the workspace was deleted meanwhile
    kept.set(workspaceId, current);
    await moveSecrets(db, masterKeys, workspaceId, current, done);
    await movePayloads(db, masterKeys, workspaceId, current, done);
  }
  await sleep(options.settleMs ?? SETTLE_MS);
  for (const [workspaceId, current] of kept) {
    await movePayloads(db, masterKeys, workspaceId, current, done);
    await deleteUnused(db, workspaceId, current);
  }
  await db.delete(settings).where(eq(settings.key, MARK));
  return done;
}

/** When the rotation that is under way began; begins one where there is none. */
async function begin(db: Db, now: Date): Promise<Date> {
  const value = { startedAt: now.toISOString() };
  await db.insert(settings).values({ key: MARK, value }).onConflictDoNothing();
  const [row] = await db.select().from(settings).where(eq(settings.key, MARK));
  return new Date((row?.value as typeof value | undefined)?.startedAt ?? now);
}

/** Id of the workspace's data key for writes, made now unless this rotation has made it already. */
async function ensureFresh(
  db: Db,
  masterKeys: MasterKeys,
  workspaceId: string,
  startedAt: Date,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    await touchWorkspace(tx, workspaceId);
    const [newest] = await tx
      .select()
      .from(dataKeys)
      .where(eq(dataKeys.workspaceId, workspaceId))
      .orderBy(desc(dataKeys.createdAt), desc(dataKeys.id))
      .limit(1);
    if (!newest) return null;
    if (newest.createdAt >= startedAt) return newest.id;
    const id = newId("dataKey");
    const created = await createDataKey(masterKeys, { workspaceId, dataKeyId: id });
    // Never older than the start, whatever the clocks say, or a second run would take it for an old one.
    const createdAt = new Date(Math.max(Date.now(), startedAt.getTime()));
    await tx.insert(dataKeys).values({ id, workspaceId, ...created, createdAt });
    return id;
  });
}

async function openAll(db: Db, masterKeys: MasterKeys, workspaceId: string): Promise<Keys> {
  const rows = await db.select().from(dataKeys).where(eq(dataKeys.workspaceId, workspaceId));
  return new Map(await Promise.all(rows.map(async (row) => [row.id, await openDataKey(masterKeys, row)] as const)));
}

async function moveSecrets(
  db: Db,
  masterKeys: MasterKeys,
  workspaceId: string,
  current: string,
  done: DataKeyRotation,
) {
  for (let after = "", more = true; more; ) {
    await db.transaction(async (tx) => {
      await touchWorkspace(tx, workspaceId);
      const keys = await openAll(tx, masterKeys, workspaceId);
      const rows = await tx
        .select()
        .from(secrets)
        .where(and(eq(secrets.workspaceId, workspaceId), ne(secrets.dataKeyId, current), gt(secrets.id, after)))
        .orderBy(asc(secrets.id))
        .limit(BATCH);
      for (const row of rows) {
        const [from, to] = [keys.get(row.dataKeyId), keys.get(current)];
        const sealed = from && to ? await resealSecret(from, to, row.sealed, bindingOf(row)) : null;
        done[sealed === null ? "unreadable" : "secrets"] += 1;
        if (sealed !== null) await tx.update(secrets).set({ sealed, dataKeyId: current }).where(eq(secrets.id, row.id));
      }
      after = rows.at(-1)?.id ?? after;
      more = rows.length === BATCH;
    });
  }
}

/** The two kept parts of a call, and the columns they are in. */
const PARTS = [
  { part: "arguments", sealed: calls.argsSealed, keyId: calls.argsKeyId, names: ["argsSealed", "argsKeyId"] },
  { part: "result", sealed: calls.resultSealed, keyId: calls.resultKeyId, names: ["resultSealed", "resultKeyId"] },
] as const;

async function movePayloads(
  db: Db,
  masterKeys: MasterKeys,
  workspaceId: string,
  current: string,
  done: DataKeyRotation,
): Promise<void> {
  const keys = await openAll(db, masterKeys, workspaceId);
  const to = keys.get(current);
  if (to) for (const part of PARTS) await movePart(db, keys, { workspaceId, current, to }, part, done);
}

/** Not under the workspace's lock: nothing but this changes the payloads of a finished call. */
async function movePart(
  db: Db,
  keys: Keys,
  { workspaceId, current, to }: { workspaceId: string; current: string; to: CryptoKey },
  { part, sealed, keyId, names }: (typeof PARTS)[number],
  done: DataKeyRotation,
): Promise<void> {
  const stale = and(eq(calls.workspaceId, workspaceId), isNotNull(sealed), ne(keyId, current));
  for (let after = "", more = true; more; ) {
    const rows = await db
      .select({ id: calls.id, sealed, keyId })
      .from(calls)
      .where(and(stale, gt(calls.id, after)))
      .orderBy(asc(calls.id))
      .limit(BATCH);
    for (const row of rows) {
      const from = keys.get(row.keyId ?? "");
      const binding = { workspaceId, callId: row.id, part };
      const moved = from && row.sealed !== null ? await resealPayload(from, to, row.sealed, binding) : null;
      if (moved === null) continue; // it expires by itself; its key stays until then
      // Only where it is still there: a sweep may have removed it.
      await db
        .update(calls)
        .set({ [names[0]]: moved, [names[1]]: current })
        .where(and(eq(calls.id, row.id), isNotNull(sealed)));
      done.arguments += 1;
    }
    after = rows.at(-1)?.id ?? after;
    more = rows.length === BATCH;
  }
}

/** Deletes the workspace's other data keys that nothing names any more, and the long results of the last hour that are under them. */
async function deleteUnused(db: Db, workspaceId: string, current: string): Promise<void> {
  await db.transaction(async (tx) => {
    await touchWorkspace(tx, workspaceId);
    await tx
      .delete(keptResults)
      .where(and(eq(keptResults.workspaceId, workspaceId), ne(keptResults.dataKeyId, current)));
    await tx
      .delete(dataKeys)
      .where(
        and(
          eq(dataKeys.workspaceId, workspaceId),
          ne(dataKeys.id, current),
          sql`not exists (select 1 from ${secrets} where ${secrets.dataKeyId} = ${dataKeys.id})`,
          sql`not exists (select 1 from ${calls} where ${calls.workspaceId} = ${workspaceId} and (${calls.argsKeyId} = ${dataKeys.id} or ${calls.resultKeyId} = ${dataKeys.id}))`,
        ),
      );
  });
}
