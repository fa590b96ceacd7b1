import { Ban, CircleCheck, Clock, Hourglass, type LucideIcon, Send, TriangleAlert } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import { formatCount } from "@/lib/format";
import type { ExportView } from "@/lib/services/export/view";

const STATES: Record<Exclude<ExportView["state"], "running">, { label: string; tone: Tone; icon: LucideIcon }> = {
  queued: { label: "Waiting", tone: "neutral", icon: Clock },
  ready: { label: "Ready", tone: "good", icon: CircleCheck },
  streamed: { label: "Downloaded", tone: "neutral", icon: Send },
  failed: { label: "Failed", tone: "bad", icon: TriangleAlert },
  canceled: { label: "Canceled", tone: "neutral", icon: Ban },
  expired: { label: "Expired", tone: "neutral", icon: Hourglass },
};

/** Whether something about it will still change by itself. */
export const isOpen = ({ state }: ExportView): boolean => state === "queued" || state === "running";

/** How far an export is: a word, and while it is made a bar. */
export function ExportState({ row }: { row: ExportView }) {
  if (row.state !== "running") {
    const { label, tone, icon: Icon } = STATES[row.state];
    return (
      <div className="grid max-w-60 gap-1">
        <span>
          <Badge tone={tone}>
            <Icon aria-hidden /> {label}
          </Badge>
        </span>
        {row.problem && <p className="text-faint text-xs leading-5">{row.problem}</p>}
      </div>
    );
  }
  const part = row.expectedRows ? row.rows / row.expectedRows : null;
  return (
    <div className="grid w-40 gap-1.5">
      <span className="flex items-center gap-2 text-soft text-xs tabular-nums">
        <Spinner />
        {part === null ? "Being made" : `${Math.floor(part * 100)} % of ${formatCount(row.expectedRows ?? 0)}`}
      </span>
      <Progress label={`Progress of ${row.filename}`} value={part} />
    </div>
  );
}
