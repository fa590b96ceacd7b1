import { cn } from "@/components/ui/cn";
import { Swatch } from "./chart-tooltip";

interface LegendEntry {
  key: string;
  label: string;
  colour: string;
  dashed?: boolean;
  /** Beside the name, e.g. the sum. */
  figure?: string;
  /** Filters the page to this entry, or takes that filter away. */
  onPick?(): void;
  /** The page is filtered to it. */
  picked?: boolean;
}

/** Names of a chart's colours; those that are filters are buttons. */
export function Legend({ label, entries }: { label: string; entries: LegendEntry[] }) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-x-1 gap-y-0.5 px-3">
      {entries.map(({ key, label: name, colour, dashed, figure, onPick, picked }) => {
        const content = (
          <>
            <Swatch colour={colour} dashed={dashed} />
            <span className="max-w-56 truncate">{name}</span>
            {figure && <span className="text-faint tabular-nums">{figure}</span>}
          </>
        );
        const looks = "flex h-6 items-center gap-1.5 rounded-md px-2 text-soft text-xs";
        return (
          <li key={key}>
            {onPick ? (
              <button
                type="button"
                aria-pressed={picked}
                title={picked ? `Show all again` : `Only ${name}`}
                onClick={onPick}
                className={cn(looks, "hover:bg-muted hover:text-ink", picked && "bg-accent-soft text-accent-text")}
              >
                {content}
              </button>
            ) : (
              <span className={looks}>{content}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
