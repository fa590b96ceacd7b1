import type { AxisView } from "@/lib/services/analytics/view";

/** One bar's stretch of time. */
export interface Step {
  /** ms since 1970. */
  start: number;
  /** Exclusive. */
  end: number;
  /** Which steps of the axis are in it. */
  parts: number[];
  /** Not whole: still running, or cut by an end of the range. Drawn hatched. */
  partial: boolean;
}

/** How steps are named: hours by the viewer's clock, or days and weeks of UTC (long ranges are counted so). */
export type Grain = AxisView["step"];

const HOUR = 3_600_000;
const LENGTH: Record<Grain, number> = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR };

/** Hours of a bar: one up to two days, else three of the viewer's clock, so that a week's bars are wide enough to see. */
const hoursOf = (axis: AxisView): number => (axis.step === "hour" && axis.starts.length > 49 ? 3 : 1);

/** The axis as bars of readable width. Their bounds follow the viewer's clock, so this runs in the browser only. */
export function groupSteps(axis: AxisView): Step[] {
  const hours = hoursOf(axis);
  const groups = new Map<string, Step>();
  for (const [index, step] of singleSteps(axis).entries()) {
    const key = hours === 1 ? String(step.start) : localKey(step.start, hours);
    const group = groups.get(key);
    if (group) {
      group.end = step.end;
      group.parts.push(index);
      group.partial ||= step.partial;
    } else groups.set(key, step);
  }
  return [...groups.values()];
}

/** Each step of the axis by itself: for percentiles, which cannot be added up. The first and the last hold what lies in the range. */
export function singleSteps(axis: AxisView): Step[] {
  const from = Date.parse(axis.from);
  const to = Date.parse(axis.to);
  return axis.starts.map((text, index) => {
    const start = Date.parse(text);
    const end = start + LENGTH[axis.step];
    return { start: Math.max(start, from), end: Math.min(end, to), parts: [index], partial: start < from || end > to };
  });
}

function localKey(start: number, width: number): string {
  const at = new Date(start);
  return `${at.getFullYear()}-${at.getMonth()}-${at.getDate()}/${Math.floor(at.getHours() / width)}`;
}

/** Sums of `values` (one a step of the axis) for each bar. */
export const sumSteps = (steps: Step[], values: number[]): number[] =>
  steps.map(({ parts }) => parts.reduce((sum, index) => sum + (values[index] ?? 0), 0));

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const two = (part: number) => String(part).padStart(2, "0");

const dayOf = (at: Date, utc: boolean) =>
  utc ? `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}` : `${at.getDate()} ${MONTHS[at.getMonth()]}`;
const clockOf = (at: Date) => `${two(at.getHours())}:${two(at.getMinutes())}`;

/** Below the axis: `14:00`, at midnight and for days `3 Nov`. */
export function tickLabel({ start }: Step, grain: Grain): string {
  const at = new Date(start);
  if (grain !== "hour") return dayOf(at, true);
  return at.getHours() === 0 && at.getMinutes() === 0 ? dayOf(at, false) : clockOf(at);
}

/** In full: `Mon 3 Nov, 14:00–17:00`, `Mon 3 Nov (UTC)`, `3 Nov – 9 Nov (UTC)`. */
export function stepLabel({ start, end }: Step, grain: Grain): string {
  const at = new Date(start);
  if (grain === "week") return `${dayOf(at, true)} – ${dayOf(new Date(end - 1), true)} (UTC)`;
  if (grain === "day") return `${DAYS[at.getUTCDay()]} ${dayOf(at, true)} (UTC)`;
  return `${DAYS[at.getDay()]} ${dayOf(at, false)}, ${clockOf(at)}–${clockOf(new Date(end))}`;
}

/** The same in UTC, for the title of a time. */
export const stepUtc = ({ start, end }: Step): string => {
  const write = (ms: number) => new Date(ms).toISOString().replace("T", " ").slice(0, 16);
  return `${write(start)} – ${write(end)} UTC`;
};

/** Where the axis gets its labels: midnights where hours span days, else evenly, at most `most`. */
export function tickIndexes(steps: Step[], grain: Grain, most = 8): number[] {
  const all = steps.map((_, index) => index);
  const midnights = all.filter((index) => new Date(steps[index]?.start ?? 0).getHours() === 0);
  const from = grain === "hour" && midnights.length > 2 ? midnights : all;
  const every = Math.max(1, Math.ceil(from.length / most));
  return from.filter((_, index) => index % every === 0);
}
