import type { MasterKeys } from "./master-keys";

/** The source is read at most this often (ms), however many unknown key ids come in: anybody can send one. */
const READ_EVERY_MS = 100;

/**
 * Master keys that follow their source while the process runs, so that a key is replaced without a restart. Whoever
 * holds this object sees the newest keys; where the source cannot be read, the known ones stay.
 * @param read the keys as the source has them now; null: unchanged
 */
export function liveMasterKeys(
  first: MasterKeys,
  read: () => Promise<MasterKeys | null>,
  options: { now?: () => number; onError?: (error: unknown) => void } = {},
): MasterKeys {
  const now = options.now ?? Date.now;
  let keys = first;
  let readAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;
  const load = async () => {
    try {
      keys = (await read()) ?? keys;
    } catch (error) {
      options.onError?.(error);
    } finally {
      running = null;
    }
  };
  return {
    get current() {
      return keys.current;
    },
    get ids() {
      return keys.ids;
    },
    get: (id) => keys.get(id),
    refresh() {
      if (running) return running;
      if (now() - readAt < READ_EVERY_MS) return Promise.resolve();
      readAt = now();
      running = load();
      return running;
    },
  };
}

/** Our server and Next's code in one process share the global object, but no modules. */
const holder = globalThis as { aerostackMasterKeys?: MasterKeys };

/** Gives the keys to all code of this process. */
export function shareMasterKeys(keys: MasterKeys): void {
  holder.aerostackMasterKeys = keys;
}

/** The keys that this process's server follows; undefined where no server of ours runs (Vercel), or in another isolate. */
export const sharedMasterKeys = (): MasterKeys | undefined => holder.aerostackMasterKeys;
