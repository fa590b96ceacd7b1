import fc from "fast-check";
import { expect, test } from "vitest";
import { BUCKET_BOUNDS, BUCKETS, boundsOf, bucketOf, percentile } from "./latency-buckets";

const duration = fc.double({ min: 0, max: 400_000, noNaN: true });

test("every duration lies within its bucket's bounds, and bounds follow each other", () => {
  fc.assert(
    fc.property(duration, (ms) => {
      const bucket = bucketOf(ms);
      const { from, to } = boundsOf(bucket);
      expect(bucket).toBeGreaterThanOrEqual(0);
      expect(bucket).toBeLessThan(BUCKETS);
      expect(ms).toBeGreaterThanOrEqual(from);
      if (bucket < BUCKETS - 1) expect(ms).toBeLessThan(to);
    }),
  );
  for (let i = 1; i < BUCKETS; i++) expect(boundsOf(i).from).toBe(boundsOf(i - 1).to);
});

test("a bound belongs to the bucket above it; nonsense to the first", () => {
  for (const [i, bound] of BUCKET_BOUNDS.entries()) expect(bucketOf(bound)).toBe(i + 1);
  expect([bucketOf(-5), bucketOf(Number.NaN), bucketOf(0)]).toEqual([0, 0, 0]);
});

test("a percentile is at most √2 times off the exact one, grows with q, and lies among what was counted", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.125, max: 200_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.9, 0.95, 0.99),
      (durations, q) => {
        const counts: number[] = new Array(BUCKETS).fill(0);
        for (const ms of durations) counts[bucketOf(ms)] = (counts[bucketOf(ms)] ?? 0) + 1;
        const sorted = durations.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] as number;
        const estimate = percentile(counts, q) as number;
        expect(estimate / exact).toBeLessThanOrEqual(Math.SQRT2 * 1.000001);
        expect(exact / estimate).toBeLessThanOrEqual(Math.SQRT2 * 1.000001);
        expect(percentile(counts, 1) as number).toBeGreaterThanOrEqual(estimate);
      },
    ),
  );
  expect(percentile([], 0.5)).toBeNull();
  expect(percentile([0, 0], 0.5)).toBeNull();
});
