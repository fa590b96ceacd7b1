import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export interface BarRow {
  key: string;
  label: ReactNode;
  /** Read out and shown on hover where the label is cut. */
  name: string;
  value: number;
  onPick?(): void;
  picked?: boolean;
  /** Right of the bar, one a head. */
  cells: ReactNode[];
}

interface BarListProps {
  label: string;
  /** First that of the bars, then of the cells. */
  heads: string[];
  rows: BarRow[];
}

const CELL = "w-14 shrink-0 sm:w-16 text-right tabular-nums";

/** Horizontal bars, each with its name on it and its figures beside; pressing one filters the page. */
export function BarList({ label, heads: [first, ...heads], rows }: BarListProps) {
  const most = Math.max(...rows.map(({ value }) => value), 1);
  return (
    <div className="@container grid grid-cols-1 gap-1 px-5 pb-4 text-sm">
      <div aria-hidden className="flex items-center gap-2 sm:gap-3 text-faint text-xs">
        <span className="min-w-0 flex-1">{first}</span>
        {heads.map((head, index) => (
          <span key={head} className={cn(CELL, index > 0 && "hidden @xs:block", index > 1 && "hidden @md:block")}>
            {head}
          </span>
        ))}
      </div>
      <ul aria-label={label} className="grid grid-cols-1 gap-1">
        {rows.map((row) => (
          <li key={row.key} className="flex items-center gap-2 sm:gap-3">
            <Bar row={row} share={row.value / most} />
            {row.cells.map((cell, index) => (
              <span
                key={heads[index]}
                className={cn(CELL, "text-soft", index > 0 && "hidden @xs:block", index > 1 && "hidden @md:block")}
              >
                {cell}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Bar({ row: { label, name, onPick, picked }, share }: { row: BarRow; share: number }) {
  const content = (
    <>
      <span
        aria-hidden
        style={{ width: `${Math.max(share * 100, 0.5)}%` }}
        className="absolute inset-y-0 left-0 rounded-md bg-[color-mix(in_oklch,var(--chart-1)_18%,var(--surface))]"
      />
      <span className="relative block truncate">{label}</span>
    </>
  );
  const looks = "relative block h-8 min-w-0 flex-1 overflow-hidden rounded-md px-2.5 text-left leading-8";
  if (!onPick)
    return (
      <span title={name} className={looks}>
        {content}
      </span>
    );
  return (
    <button
      type="button"
      title={picked ? "Show all again" : `Only ${name}`}
      aria-pressed={picked}
      onClick={onPick}
      className={cn(looks, "-outline-offset-2 hover:bg-muted", picked && "ring-1 ring-accent ring-inset")}
    >
      {content}
    </button>
  );
}
