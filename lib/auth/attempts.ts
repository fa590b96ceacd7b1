import { AppError } from "@/lib/errors";

const WINDOW_MS = 15 * 60_000;
const MAX_FAILURES = 10;
const MAX_KEYS = 10_000;

/** Counts failed sign-ins of one address at one account, in this process only. */
export interface Attempts {
  /** @throws AppError `rate_limited` after ten failures within 15 minutes */
  check(key: string): void;
  failed(key: string): void;
  succeeded(key: string): void;
}

/**
 * Slows guessing. Keyed by address *and* e-mail, so nobody can lock another person out from elsewhere.
 * @param now ms since 1970
 */
export function createAttempts(now: () => number = Date.now): Attempts {
  const failures = new Map<string, { count: number; until: number }>();
  const current = (key: string) => {
    const entry = failures.get(key);
    if (entry && entry.until > now()) return entry;
    failures.delete(key);
    return undefined;
  };
  return {
    check(key) {
      const entry = current(key);
      if (!entry || entry.count < MAX_FAILURES) return;
      const minutes = Math.ceil((entry.until - now()) / 60_000);
      throw new AppError("rate_limited", `Too many wrong passwords. Try again in ${minutes} min.`);
    },
    failed(key) {
      const entry = current(key);
      if (entry) entry.count++;
      else {
        const oldest = failures.keys().next();
        if (failures.size >= MAX_KEYS && !oldest.done) failures.delete(oldest.value);
        failures.set(key, { count: 1, until: now() + WINDOW_MS });
      }
    },
    succeeded: (key) => void failures.delete(key),
  };
}
