const EVERY_MS = 60_000;
const MAX_KEYS = 10_000;

interface Entry {
  at: number;
  /** Since the one that was let through. */
  held: number;
}

/**
 * Lets one thing of a kind through a minute, in this process, so that nobody can flood the audit log by failing. `due`
 * answers how many were held back since the last one (0: this is the first), or null where this one is held back too.
 */
export function onceAMinute(): { due(key: string, now: number): number | null } {
  const entries = new Map<string, Entry>();
  return {
    due(key, now) {
      const entry = entries.get(key);
      if (entry && now - entry.at < EVERY_MS) {
        entry.held++;
        return null;
      }
      entries.delete(key);
      const oldest = entries.keys().next();
      if (entries.size >= MAX_KEYS && !oldest.done) entries.delete(oldest.value);
      entries.set(key, { at: now, held: 0 });
      return entry?.held ?? 0;
    },
  };
}
