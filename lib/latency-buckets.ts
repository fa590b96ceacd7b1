/**
 * Upper bounds (ms, exclusive) of the buckets that durations are counted in, each √2 times the one before, from ⅛ ms to some
 * 4 minutes. The last bucket is open. Stored rows hold a bucket's number, so this list may only be added to at its end.
 */
export const BUCKET_BOUNDS: readonly number[] = Array.from({ length: 43 }, (_, i) => 2 ** (i / 2) / 8);
export const BUCKETS = BUCKET_BOUNDS.length + 1;

/** Number of the bucket of a duration in ms; the first one takes what is no duration (negative, NaN). */
export function bucketOf(ms: number): number {
  let [low, high] = [0, BUCKET_BOUNDS.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ms >= (BUCKET_BOUNDS[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same as an SQL expression over a `double precision`: both compare with the same numbers, so both agree to the last bit. */
export const bucketSql = (ms: string): string =>
  `width_bucket(CASE WHEN ${ms} = 'NaN' THEN 0 ELSE ${ms} END, ARRAY[${BUCKET_BOUNDS.join(",")}]::float8[])`;

/** From (inclusive) to (exclusive), in ms; the open bucket is taken to be as wide, by ratio, as the others. */
export function boundsOf(bucket: number): { from: number; to: number } {
  const last = BUCKET_BOUNDS.length - 1;
  const from = bucket <= 0 ? 0 : (BUCKET_BOUNDS[Math.min(bucket - 1, last)] as number);
  return { from, to: bucket > last ? from * Math.SQRT2 : (BUCKET_BOUNDS[Math.max(bucket, 0)] as number) };
}

/**
 * The value below which the share `q` (0 to 1) of all counted durations lies: within its bucket it is taken from the ranks in
 * proportion, on a logarithmic scale as the buckets are. At most √2 times off; null where nothing was counted.
 * @param counts calls by bucket; missing ones are 0
 */
export function percentile(counts: readonly number[], q: number): number | null {
  const all = counts.reduce((sum, count) => sum + (count ?? 0), 0);
  if (all <= 0) return null;
  const rank = Math.min(Math.max(q, 0), 1) * all;
  let below = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const count = counts[bucket] ?? 0;
    if (count > 0 && below + count >= rank) return within(boundsOf(bucket), (rank - below) / count);
    below += count;
  }
  return null;
}

function within({ from, to }: { from: number; to: number }, share: number): number {
  return from === 0 ? to * share : from * (to / from) ** share;
}
