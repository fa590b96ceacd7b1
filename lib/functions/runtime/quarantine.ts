const LIMIT = 2; // strikes
const FORGET_MS = 10 * 60_000;
const FIRST_MS = 5 * 60_000;
const LONGEST_MS = 60 * 60_000;

interface Sheet {
  strikes: number;
  at: number;
  until: number;
  times: number;
}

/** Who is paused for ending its process again and again. Keys are deployments: a new one starts clean. */
export interface Quarantine {
  /** Blames what may have done it: one alone gets a strike, several half a strike each. Returns who is paused by it. */
  blame(suspects: string[]): string[];
  /** Until when (Unix time in ms) a deployment is paused, or null. */
  pausedUntil(key: string): number | null;
  /** Lets one go again, its strikes forgotten. */
  release(key: string): void;
}

/** Two strikes within 10 min pause a deployment for 5 min, twice as long with each time, 1 h at most. */
export function createQuarantine(now: () => number = Date.now): Quarantine {
  const sheets = new Map<string, Sheet>();
  const expired = (sheet: Sheet) => now() - Math.max(sheet.at, sheet.until) > FORGET_MS;
  return {
    blame(suspects) {
      for (const [key, sheet] of sheets) if (expired(sheet)) sheets.delete(key);
      const keys = [...new Set(suspects)];
      return keys.filter((key) => {
        const sheet = sheets.get(key) ?? { strikes: 0, at: 0, until: 0, times: 0 };
        sheets.set(key, sheet);
        sheet.strikes += keys.length === 1 ? 1 : 0.5;
        sheet.at = now();
        if (sheet.strikes < LIMIT) return false;
        sheet.strikes = 0;
        sheet.until = now() + Math.min(LONGEST_MS, FIRST_MS * 2 ** sheet.times++);
        return true;
      });
    },
    pausedUntil(key) {
      const until = sheets.get(key)?.until ?? 0;
      return until > now() ? until : null;
    },
    release: (key) => void sheets.delete(key),
  };
}
