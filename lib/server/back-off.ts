const FIRST_MS = 200;
const LONGEST_MS = 10_000;
/** A child that stayed up this long is taken for healthy: its next failure counts as the first. */
export const HEALTHY_MS = 60_000;

/** How long to wait (ms) before a child is started again; doubles with each failure in a row, at most 10 s. */
export function backOffMs(failuresInARow: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failuresInARow - 1, 10));
}
