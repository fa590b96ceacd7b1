import ipaddr from "ipaddr.js";

const MAX_KEYS = 10_000;

/** Whether this address may do it once more; asking counts. */
export type RateLimit = (address: string | null) => boolean;

/**
 * Lets an address do something `limit` times in a window of `windowMs`, counted in this process. Whoever has an IPv6
 * address has a whole /64 of them, so that is what counts.
 * @param now ms since 1970
 */
export function createRateLimit(limit: number, windowMs: number, now: () => number = Date.now): RateLimit {
  const windows = new Map<string, { count: number; until: number }>();
  return (address) => {
    const key = networkOf(address);
    const found = windows.get(key);
    if (found && found.until > now()) return ++found.count <= limit;
    windows.delete(key);
    const oldest = windows.keys().next();
    if (windows.size >= MAX_KEYS && !oldest.done) windows.delete(oldest.value);
    windows.set(key, { count: 1, until: now() + windowMs });
    return limit > 0;
  };
}

function networkOf(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  return parsed.kind() === "ipv4" ? parsed.toString() : parsed.toByteArray().slice(0, 8).join(".");
}
