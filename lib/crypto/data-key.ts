import { AppError } from "@/lib/errors";
import { type Bytes, lengthPrefixed } from "./bytes";
import { findMasterKey, type MasterKeys } from "./master-keys";
import { seal, takeApart, unseal } from "./seal";

/** A workspace's data key as the database holds it: wrapped by one master key and bound to its workspace. */
export interface WrappedDataKey {
  id: string;
  workspaceId: string;
  masterKeyId: string;
  wrapped: string;
}

const MAX_CACHED = 1_000;
const CACHE_MS = 5 * 60_000;

interface CachedKey {
  key: Promise<CryptoKey>;
  openedAt: number;
}

/** By every field of the wrapped key, so a row that was altered or moved is never served from memory. One per set of keys. */
const caches = new WeakMap<MasterKeys, Map<string, CachedKey>>();

const binding = (masterKeyId: string, workspaceId: string, dataKeyId: string) =>
  lengthPrefixed(["aerostack data key v1", masterKeyId, workspaceId, dataKeyId]);

/** Makes a random 256-bit data key for a workspace, wrapped by the current master key. */
export async function createDataKey(
  masterKeys: MasterKeys,
  owner: { workspaceId: string; dataKeyId: string },
): Promise<{ masterKeyId: string; wrapped: string }> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const { id, wrap } = masterKeys.current;
  const wrapped = await seal(wrap, raw, binding(id, owner.workspaceId, owner.dataKeyId));
  raw.fill(0);
  return { masterKeyId: id, wrapped };
}

/**
 * Unwraps a data key to a non-extractable AES-GCM key; kept in memory for five minutes, a thousand at most.
 * @throws AppError `unavailable` where its master key is not configured, `internal` where it does not open
 */
export function openDataKey(masterKeys: MasterKeys, dataKey: WrappedDataKey): Promise<CryptoKey> {
  const cache = caches.get(masterKeys) ?? new Map<string, CachedKey>();
  caches.set(masterKeys, cache);
  const name = `${dataKey.workspaceId}|${dataKey.id}|${dataKey.masterKeyId}|${dataKey.wrapped}`;
  const known = cache.get(name);
  cache.delete(name);
  if (known && Date.now() - known.openedAt < CACHE_MS) {
    cache.set(name, known); // to the young end of the map
    return known.key;
  }
  const key = unwrap(masterKeys, dataKey);
  cache.set(name, { key, openedAt: Date.now() });
  key.catch(() => cache.delete(name));
  const oldest = cache.keys().next().value;
  if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
  return key;
}

/**
 * The same data key wrapped by the current master key: what it sealed stays as it is.
 * @throws as `openDataKey`
 */
export async function rewrapDataKey(
  masterKeys: MasterKeys,
  dataKey: WrappedDataKey,
): Promise<{ masterKeyId: string; wrapped: string }> {
  const raw = await rawKey(masterKeys, dataKey);
  const { id, wrap } = masterKeys.current;
  const wrapped = await seal(wrap, raw, binding(id, dataKey.workspaceId, dataKey.id));
  raw.fill(0);
  return { masterKeyId: id, wrapped };
}

async function unwrap(masterKeys: MasterKeys, dataKey: WrappedDataKey): Promise<CryptoKey> {
  const raw = await rawKey(masterKeys, dataKey);
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]).finally(() => raw.fill(0));
}

async function rawKey(masterKeys: MasterKeys, dataKey: WrappedDataKey): Promise<Bytes> {
  const master = await findMasterKey(masterKeys, dataKey.masterKeyId);
  if (!master) {
    throw new AppError(
      "unavailable",
      `The master key ${dataKey.masterKeyId} is not configured. Add it to AEROSTACK_MASTER_KEY behind the current one.`,
    );
  }
  const raw = await unseal(
    master.wrap,
    takeApart(dataKey.wrapped, binding(dataKey.masterKeyId, dataKey.workspaceId, dataKey.id)),
  );
  if (!raw) throw new AppError("internal", "The workspace's data key cannot be opened");
  return raw;
}
