import { AppError } from "@/lib/errors";

/** Ms. */
const WINDOW = 15 * 60_000;
const MAX_FAILURES = 10;
const MAX_KEYS = 10_000;
/** So many failures at one account, from wherever, are free of delay. */
const FREE = 20;
/** Ms; the delay at one account doubles from the first to the second. */
const DELAY = { first: 1_000, most: 60_000 };

/** Who tries. */
export interface Attempt {
  /** Network address of the caller. */
  address: string;
  /** The account's e-mail address as typed, normalised; it need not exist. */
  account: string;
}

/** Counts failures in this process only. */
export interface Attempts {
  /** Whether the account is under attack, so that it matters whether the address is known there. */
  isSlowed(account: string): boolean;
  /**
   * @param known somebody has signed in to this account from this address before: strangers' failures do not slow them
   * @throws AppError `rate_limited` after ten failures of the address within 15 minutes, or while the account's delay runs
   */
  check(attempt: Attempt, known: boolean): void;
  failed(attempt: Attempt): void;
  succeeded(attempt: Attempt): void;
  /** Ends the account's delay: its owner has shown otherwise who they are. */
  forgive(account: string): void;
}

/**
 * Slows guessing. Ten wrong passwords close one address out of one account for a while. Guesses from many addresses
 * meet a delay that grows with each, to one guess a minute, and that never holds for an address the owner has used.
 * @param now ms since 1970
 */
export function createAttempts(now: () => number = Date.now): Attempts {
  const pairs = createCounter(now);
  const accounts = createCounter(now);
  const pairOf = ({ address, account }: Attempt) => `${address} ${account}`;
  const slowedUntil = (account: string): number => {
    const entry = accounts.read(account);
    if (!entry || entry.count < FREE) return 0;
    return entry.last + Math.min(DELAY.first * 2 ** (entry.count - FREE), DELAY.most);
  };
  return {
    isSlowed: (account) => slowedUntil(account) > now(),
    check(attempt, known) {
      const pair = pairs.read(pairOf(attempt));
      if (pair && pair.count >= MAX_FAILURES) {
        const minutes = Math.ceil((pair.first + WINDOW - now()) / 60_000);
        throw new AppError("rate_limited", `Too many wrong passwords. Try again in ${minutes} min.`);
      }
      const left = slowedUntil(attempt.account) - now();
      if (!known && left > 0)
        throw new AppError("rate_limited", `Too many wrong passwords. Try again in ${Math.ceil(left / 1_000)} s.`);
    },
    failed(attempt) {
      pairs.add(pairOf(attempt));
      accounts.add(attempt.account, { sliding: true });
    },
    succeeded: (attempt) => pairs.remove(pairOf(attempt)),
    forgive: (account) => accounts.remove(account),
  };
}

interface Entry {
  count: number;
  first: number;
  last: number;
}

/** Counts by key; an entry ends 15 minutes after it began or, where it slides, after the last one. The oldest keys go first. */
export function createCounter(now: () => number = Date.now) {
  const entries = new Map<string, Entry & { until: number }>();
  const read = (key: string): (Entry & { until: number }) | undefined => {
    const entry = entries.get(key);
    if (entry && entry.until > now()) return entry;
    entries.delete(key);
    return undefined;
  };
  return {
    read: read as (key: string) => Entry | undefined,
    add(key: string, { sliding = false } = {}) {
      const at = now();
      const entry = read(key);
      if (!entry) {
        const oldest = entries.keys().next();
        if (entries.size >= MAX_KEYS && !oldest.done) entries.delete(oldest.value);
        entries.set(key, { count: 1, first: at, last: at, until: at + WINDOW });
        return;
      }
      entry.count++;
      entry.last = at;
      if (sliding) entry.until = at + WINDOW;
    },
    remove: (key: string) => void entries.delete(key),
  };
}
