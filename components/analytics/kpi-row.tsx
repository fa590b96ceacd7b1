import { ArrowDownRight, ArrowUpRight, Minus } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { KpiTile } from "@/components/workspace/kpi-tile";
import { formatCount, formatDuration } from "@/lib/format";
import type { KpiView } from "@/lib/services/analytics/view";
import { type Change, countChange, formatShare, peopleChange, shareChange, timeChange } from "./words";

/** The figures of the range against those of the time before it, of equal length. */
export function KpiRow({ view, own }: { view: KpiView; own: boolean }) {
  return (
    <ul aria-label="Figures" className={cn("grid grid-cols-2 gap-4", own ? "lg:grid-cols-3" : "lg:grid-cols-4")}>
      <Tile label="Calls" value={formatCount(view.calls.now ?? 0)} change={countChange(view.calls)} />
      {!own && (
        <Tile
          label="Active members"
          value={formatCount(view.activeMembers.now ?? 0)}
          change={peopleChange(view.activeMembers)}
        />
      )}
      <Tile
        label="Error rate"
        value={formatShare(view.errorRate.now)}
        change={shareChange(view.errorRate)}
        risesBadly
      />
      <Tile label="p95 latency" value={formatDuration(view.p95.now)} change={timeChange(view.p95)} risesBadly />
    </ul>
  );
}

function Tile({
  label,
  value,
  change,
  risesBadly,
}: {
  label: string;
  value: string;
  change: Change;
  risesBadly?: boolean;
}) {
  return (
    <li>
      <KpiTile label={label} value={value} note={<ChangeNote change={change} risesBadly={risesBadly} />} />
    </li>
  );
}

/** The change in words, with an arrow; coloured only where up or down is good or bad. */
export function ChangeNote({ change: { text, up }, risesBadly }: { change: Change; risesBadly?: boolean }) {
  const Icon = up === null ? Minus : up ? ArrowUpRight : ArrowDownRight;
  const tone = up === null || !risesBadly ? "text-faint" : up ? "text-bad" : "text-good";
  return (
    <span className={cn("flex items-start gap-1", tone)}>
      <Icon aria-hidden className="mt-px size-3.5 shrink-0" /> {text}
    </span>
  );
}
