const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `14 Mar 2026`, by UTC so that server and browser write the same. @param ms since 1970 */
export function formatDay(ms: number): string {
  const date = new Date(ms);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** Distance in words: `just now`, `4 min ago`, `in 3 days`; a date beyond 30 days. Both in ms since 1970. */
export function formatRelative(ms: number, now: number): string {
  const distance = Math.abs(now - ms);
  if (distance > 30 * DAY) return formatDay(ms);
  if (distance < 10_000) return "just now";
  const [count, unit] =
    distance < MINUTE
      ? [Math.floor(distance / 1_000), "s"]
      : distance < HOUR
        ? [Math.floor(distance / MINUTE), "min"]
        : distance < DAY
          ? [Math.floor(distance / HOUR), "h"]
          : [Math.round(distance / DAY), distance < 1.5 * DAY ? "day" : "days"];
  return ms > now ? `in ${count} ${unit}` : `${count} ${unit} ago`;
}

/** A duration for people: `0.8 ms`, `42 ms`, `1.3 s`; an en dash when unknown. @param ms milliseconds */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return "–";
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** `1,234`, the same on server and browser. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** `1 tool`, `3 tools`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A longer span for people: `48 s`, `2 min 30 s`, `3 h 5 min`, `2 days`. @param ms milliseconds */
export function formatSpan(ms: number): string {
  if (ms < MINUTE) return `${Math.round(ms / 1_000)} s`;
  if (ms < HOUR) return join(Math.floor(ms / MINUTE), "min", Math.round((ms % MINUTE) / 1_000), "s");
  if (ms < DAY) return join(Math.floor(ms / HOUR), "h", Math.round((ms % HOUR) / MINUTE), "min");
  return plural(Math.round(ms / DAY), "day");
}

const join = (big: number, one: string, small: number, other: string): string =>
  small === 0 ? `${big} ${one}` : `${big} ${one} ${small} ${other}`;
