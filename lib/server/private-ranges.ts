import { errorFields, type Log } from "@/lib/log";
import type { Db } from "@/lib/services/context";
import { readAllowPrivate } from "@/lib/services/instance/allow-private";

/** How long a changed setting may go unnoticed, in ms. */
const READ_EVERY_MS = 1_000;

/**
 * What may be reached on private networks, for code that cannot wait: configuration and the instance page, as last read.
 * Each look starts a new reading where the last one is a second old. The array stays the same one while nothing changes.
 */
export async function livePrivateRanges(db: Db, configured: string[], log: Log): Promise<() => string[]> {
  let merged = configured;
  let readAt = 0;
  const read = async () => {
    readAt = Date.now();
    const next = [...new Set([...configured, ...(await readAllowPrivate(db))])];
    if (next.join() !== merged.join()) merged = next;
  };
  await read();
  return () => {
    if (Date.now() - readAt >= READ_EVERY_MS)
      read().catch((error: unknown) => log.warn("functions.ranges_failed", errorFields(error)));
    return merged;
  };
}
