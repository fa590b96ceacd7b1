import { Fragment } from "react";
import { formatCount, plural } from "@/lib/format";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** Share of the full colour by how busy an hour is; none at all stays the ground. */
const LEVELS = [0, 18, 38, 62, 100];

const HOURS = Array.from({ length: 24 }, (_, at) => at);
const hour = (of: number) => `${String(of % 24).padStart(2, "0")}:00`;

/** 7 × 24 fields of a week, each darker the more there was. The figures are in each field's title and in the table twin. */
export function HeatGrid({ cells, unit }: { cells: number[][]; unit: string }) {
  const most = Math.max(...cells.flat(), 0);
  const level = (value: number) => (value === 0 ? 0 : Math.max(1, Math.ceil((value / most) * 4)));
  return (
    <div className="px-5 pb-4">
      <p className="sr-only">{describe(cells, unit)}</p>
      <div aria-hidden className="grid grid-cols-[2.25rem_repeat(24,minmax(0,1fr))] gap-px sm:gap-[3px]">
        {WEEKDAYS.map((day, row) => (
          <Fragment key={day}>
            <span className="self-center text-2xs text-faint">{day.slice(0, 3)}</span>
            {HOURS.map((at) => (
              <span
                key={at}
                title={`${day}, ${hour(at)}–${hour(at + 1)}: ${plural(cells[row]?.[at] ?? 0, unit)}`}
                style={{ backgroundColor: shade(level(cells[row]?.[at] ?? 0)) }}
                className="h-6 rounded-[3px] sm:h-7"
              />
            ))}
          </Fragment>
        ))}
        <span />
        {[0, 6, 12, 18].map((at) => (
          <span key={at} className="col-span-6 pt-1 text-2xs text-faint tabular-nums">
            {hour(at)}
          </span>
        ))}
      </div>
      <div aria-hidden className="mt-2 flex items-center justify-end gap-1 text-2xs text-faint">
        <span className="mr-1">0</span>
        {LEVELS.map((share, at) => (
          <span key={share} style={{ backgroundColor: shade(at) }} className="size-3 rounded-[3px]" />
        ))}
        <span className="ml-1 tabular-nums">{plural(most, unit)} an hour of the week</span>
      </div>
    </div>
  );
}

const shade = (level: number) =>
  level === 0 ? "var(--muted)" : `color-mix(in oklch, var(--chart-1) ${LEVELS[level]}%, var(--surface))`;

/** What the colours say at a glance, for those who do not see them. */
function describe(cells: number[][], unit: string): string {
  const total = cells.flat().reduce((sum, value) => sum + value, 0);
  if (total === 0) return `No ${unit}s in this range.`;
  const most = Math.max(...cells.flat());
  const row = cells.findIndex((day) => day.includes(most));
  const column = cells[row]?.indexOf(most) ?? 0;
  const days = cells.map((day) => day.reduce((sum, value) => sum + value, 0));
  const quiet = days.indexOf(Math.min(...days));
  return `Busiest: ${WEEKDAYS[row]} from ${hour(column)} to ${hour(column + 1)}, ${plural(most, unit)}. Quietest day: ${WEEKDAYS[quiet]}, ${formatCount(days[quiet] ?? 0)}. All figures are in the table.`;
}
