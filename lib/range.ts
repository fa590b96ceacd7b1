/** Ranges of time that pages offer by name, with their lengths in ms. A name in a URL stays "the last 7 days"; an export makes it absolute. */
export const RANGES = {
  "1h": 3_600_000,
  "24h": 24 * 3_600_000,
  "7d": 7 * 86_400_000,
  "30d": 30 * 86_400_000,
  "90d": 90 * 86_400_000,
  "365d": 365 * 86_400_000,
} as const;
export type RangeName = keyof typeof RANGES;
export const RANGE_NAMES = Object.keys(RANGES) as [RangeName, ...RangeName[]];

/** From (inclusive) to (exclusive); null: open. */
export interface TimeRange {
  from: Date | null;
  to: Date | null;
}

/**
 * The absolute range that a filter means at `now`. A name wins over nothing, never over given ends (they exclude each other).
 * All but the shortest begin with a whole hour, from 30 days on with a whole day (UTC): lists, charts and files then hold the same calls.
 */
export function resolveRange(filter: { range?: RangeName; from?: Date; to?: Date }, now: Date): TimeRange {
  if (filter.range) return { from: startOf(filter.range, now), to: null };
  return { from: filter.from ?? null, to: filter.to ?? null };
}

/** When the range of that name begins at `now`. */
export function startOf(range: RangeName, now: Date): Date {
  const length = RANGES[range];
  const whole = length >= RANGES["30d"] ? 86_400_000 : range === "1h" ? 1 : 3_600_000;
  return new Date(Math.floor((now.getTime() - length) / whole) * whole);
}
