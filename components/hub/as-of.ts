import { formatDay } from "@/lib/format";

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** A day, month or year in words: `20 Aug 2026`, `October 2026`, `2026`. */
export function formatAsOf(text: string): string {
  const [year = "", month, day] = text.split("-");
  if (month === undefined) return year;
  return day === undefined
    ? `${MONTHS[Number(month) - 1] ?? month} ${year}`
    : formatDay(Date.parse(`${text}T00:00:00Z`));
}
