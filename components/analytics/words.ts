import { formatCount, formatDuration } from "@/lib/format";

/** A share from 0 to 1: `0%`, `0.4%`, `12.5%`; an en dash where there is none. */
export function formatShare(share: number | null | undefined): string {
  if (share === null || share === undefined) return "–";
  const percent = share * 100;
  return `${percent === 0 || percent === 100 ? percent : percent < 0.1 ? "<0.1" : percent.toFixed(1)}%`;
}

/** A figure against the one before it. */
export interface Change {
  /** Whole, in words, so that no arrow or colour is needed to read it. */
  text: string;
  /** Whether it grew; null: neither, or nothing to compare with. */
  up: boolean | null;
}

interface Figure {
  now: number | null;
  before: number | null;
}

const NONE: Change = { text: "nothing to compare with", up: null };

/** `12% more than before`; `what` names the other time. */
export function countChange({ now, before }: Figure, what = "before"): Change {
  if (!before) return now ? { text: `none ${what}`, up: true } : NONE;
  const percent = Math.round((((now ?? 0) - before) / before) * 100);
  if (percent === 0) return { text: `as ${what}`, up: null };
  return { text: `${formatCount(Math.abs(percent))}% ${percent > 0 ? "more" : "fewer"} than ${what}`, up: percent > 0 };
}

/** `2 more than before`, for small numbers of people. */
export function peopleChange({ now, before }: Figure, what = "before"): Change {
  if (before === null || now === null) return NONE;
  const more = now - before;
  if (more === 0) return { text: `as ${what}`, up: null };
  return { text: `${formatCount(Math.abs(more))} ${more > 0 ? "more" : "fewer"} than ${what}`, up: more > 0 };
}

/** `0.4 points lower than before`. */
export function shareChange({ now, before }: Figure, what = "before"): Change {
  if (before === null || now === null) return NONE;
  const points = (now - before) * 100;
  if (Math.abs(points) < 0.05) return { text: `as ${what}`, up: null };
  return {
    text: `${Math.abs(points).toFixed(1)} points ${points > 0 ? "higher" : "lower"} than before`,
    up: points > 0,
  };
}

/** `120 ms faster than before`. */
export function timeChange({ now, before }: Figure, what = "before"): Change {
  if (before === null || now === null) return NONE;
  const more = now - before;
  if (Math.abs(more) < before * 0.05) return { text: `about as ${what}`, up: null };
  return { text: `${formatDuration(Math.abs(more))} ${more > 0 ? "slower" : "faster"} than ${what}`, up: more > 0 };
}

/** Orders versions by their numbers; what is no number compares as text, and a pre-release comes before its release. */
export function compareVersions(a: string, b: string): number {
  const parts = (version: string) => version.replace(/^v/, "").split(/[.+_-]/);
  const [one, two] = [parts(a), parts(b)];
  for (let at = 0; at < Math.max(one.length, two.length); at++) {
    const [x, y] = [one[at], two[at]];
    if (x === undefined || y === undefined) {
      const rest = x ?? y ?? "";
      const longer = x === undefined ? -1 : 1;
      return /^\d+$/.test(rest) ? longer : -longer;
    }
    const numbers = /^\d+$/.test(x) && /^\d+$/.test(y);
    const order = numbers ? Number(x) - Number(y) : x.localeCompare(y, "en");
    if (order !== 0) return order;
  }
  return 0;
}
