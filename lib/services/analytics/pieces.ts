import type { Grain } from "@/db/schema/call-rollups";
import { DAY_MS, HOUR_MS, MONDAY } from "./axis";
import { HOURS_KEPT_DAYS } from "./slices";

/** A part of a range, ms UTC, and what it is read from: whole hours, days or weeks of the rollups, or calls themselves. */
export interface Piece {
  from: number;
  to: number;
  of: Grain | "raw";
}

interface Options {
  grain: Grain;
  /** Nothing has happened yet after it, so a step that it lies in is whole. */
  now: number;
  /** Whether hours are kept for as long as days are. */
  hoursStay: boolean;
}

const up = (ms: number, width: number) => Math.ceil(ms / width) * width;
const down = (ms: number, width: number) => Math.floor(ms / width) * width;

/**
 * A range taken apart so that few rows are read and none too many: weeks and days where whole ones lie in it, whole hours at its
 * edges, and single calls for what is left, less than an hour at either end.
 */
export function piecesOf(from: number, to: number, { grain, now, hoursStay }: Options): Piece[] {
  const hours = (start: number) => hoursStay || start >= now - (HOURS_KEPT_DAYS - 1) * DAY_MS;
  /** Between two bounds of which neither is a whole step of the coarser grain. */
  const fine = (start: number, end: number): Piece[] => {
    if (!hours(start)) return [{ from: start, to: end, of: "raw" }];
    const [first, last] = [up(start, HOUR_MS), end >= now ? up(end, HOUR_MS) : down(end, HOUR_MS)];
    if (first >= last) return [{ from: start, to: end, of: "raw" }];
    return [
      { from: start, to: first, of: "raw" },
      { from: first, to: last, of: "hour" },
      { from: last, to: end, of: "raw" },
    ];
  };
  /** The steps of one width that lie in it whole, and its edges in finer ones. */
  const coarse = (start: number, end: number, of: "day" | "week", edges: typeof fine): Piece[] => {
    const [width, base] = of === "day" ? [DAY_MS, 0] : [7 * DAY_MS, MONDAY];
    const first = up(start - base, width) + base;
    const last = (end >= now ? up(end - base, width) : down(end - base, width)) + base;
    return first >= last
      ? edges(start, end)
      : [...edges(start, first), { from: first, to: last, of }, ...edges(last, end)];
  };
  const days = (start: number, end: number) => coarse(start, end, "day", fine);
  const read = { hour: fine, day: days, week: (start: number, end: number) => coarse(start, end, "week", days) };
  return read[grain](from, to).filter((piece) => piece.from < piece.to);
}
