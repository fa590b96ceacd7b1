import type { Grain } from "@/db/schema/call-rollups";
import { AppError } from "@/lib/errors";
import { resolveRange, startOf } from "@/lib/range";
import type { CallFilters } from "@/lib/services/call/schemas";
import { iso } from "@/lib/services/fields";
import { HOURS_KEPT_DAYS } from "./slices";
import type { AxisView } from "./view";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Longest range that has a step an hour, and a step a day: more than a hundred bars nobody tells apart. */
const HOURLY_MS = 8 * DAY_MS;
const DAILY_DAYS = 100;
const LONGEST_MS = 5 * 366 * DAY_MS;

/** The range that the filters mean, cut into steps. */
export interface Axis {
  /** Exact; `to` is never later than now. */
  from: Date;
  to: Date;
  step: AxisView["step"];
  /** Grain of the rollups that whole steps are read from. */
  grain: Grain;
  /** ms UTC. */
  starts: number[];
  partial: boolean;
}

/**
 * @param earliest asked only where the filters name an end without a start
 * @throws AppError `invalid`, with the field, for a range in the future or of more than five years
 */
export async function axisOf(filters: CallFilters, now: Date, earliest: () => Promise<Date>): Promise<Axis> {
  const asked = resolveRange(filters, now);
  const to = asked.to && asked.to < now ? asked.to : now;
  const from = asked.from ?? (asked.to ? await earliest() : startOf("7d", now));
  if (asked.from && from >= now) throw new AppError("invalid", "This start lies in the future.", { field: "from" });
  const field = asked.from ? "from" : "to";
  if (from >= to) return cut(new Date(to.getTime() - HOUR_MS), to, now);
  if (to.getTime() - from.getTime() > LONGEST_MS)
    throw new AppError("invalid", "A chart shows at most 5 years. Choose a shorter range.", { field });
  return cut(from, to, now);
}

/** Cuts a range that was checked. */
export function cut(from: Date, to: Date, now: Date): Axis {
  const span = to.getTime() - from.getTime();
  const recent = from.getTime() >= now.getTime() - (HOURS_KEPT_DAYS - 1) * DAY_MS;
  const step = span <= HOURLY_MS && recent ? "hour" : span <= DAILY_DAYS * DAY_MS ? "day" : "week";
  const width = step === "hour" ? HOUR_MS : step === "day" ? DAY_MS : 7 * DAY_MS;
  const starts: number[] = [];
  for (let at = stepStart(from.getTime(), step); at < to.getTime(); at += width) starts.push(at);
  const partial = (starts.at(-1) ?? 0) + width > to.getTime();
  return { from, to, step, grain: step, starts, partial };
}

/** 1970-01-05, a Monday. */
export const MONDAY = 4 * DAY_MS;

/** Start of the step that an instant lies in, ms UTC. */
export function stepStart(ms: number, step: AxisView["step"]): number {
  if (step === "week") return Math.floor((ms - MONDAY) / (7 * DAY_MS)) * 7 * DAY_MS + MONDAY;
  const width = step === "hour" ? HOUR_MS : DAY_MS;
  return Math.floor(ms / width) * width;
}

/** The range of equal length that ends where this one begins. */
export function before(axis: Axis): { from: Date; to: Date } {
  const from = axis.from.getTime();
  return { from: new Date(from - (axis.to.getTime() - from)), to: axis.from };
}

export const toAxisView = ({ from, to, step, starts, partial }: Axis): AxisView => ({
  from: iso(from),
  to: iso(to),
  step,
  starts: starts.map((ms) => iso(new Date(ms))),
  partial,
});
