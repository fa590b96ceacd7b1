import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/lib/format";

interface TimingProps {
  /** All in ms. */
  total: number;
  upstream: number | null;
  /** Null in older rows: then the gateway's share is one piece. */
  before: number | null;
}

interface Piece {
  name: string;
  start: number;
  ms: number;
  color: string;
}

/** Which part of the duration came when: in the gateway, at the server, in the gateway again. */
function piecesOf({ total, upstream, before }: TimingProps): Piece[] {
  const gateway = "bg-line-strong";
  if (upstream === null) return [{ name: "Gateway", start: 0, ms: total, color: gateway }];
  const server = Math.min(upstream, total);
  if (before === null)
    return [
      { name: "Server", start: 0, ms: server, color: "bg-accent" },
      { name: "Gateway", start: server, ms: total - server, color: gateway },
    ];
  const first = Math.min(before, total - server);
  return [
    { name: "Gateway, before", start: 0, ms: first, color: gateway },
    { name: "Server", start: first, ms: server, color: "bg-accent" },
    { name: "Gateway, after", start: first + server, ms: total - first - server, color: gateway },
  ];
}

/** A small waterfall of one call. */
export function Timing(props: TimingProps) {
  const { total, upstream } = props;
  const share = (ms: number) => (total > 0 ? (ms / total) * 100 : 0);
  return (
    <section aria-label="Timing" className="grid gap-2.5">
      <p className="flex items-baseline justify-between text-sm">
        <span className="font-medium">Took {formatDuration(total)}</span>
        {upstream === null && <span className="text-faint text-xs">the server was not asked</span>}
      </p>
      <dl className="grid gap-1.5 text-xs">
        {piecesOf(props).map(({ name, start, ms, color }) => (
          <div key={name} className="grid grid-cols-[6.5rem_minmax(0,1fr)_4.5rem] items-center gap-3">
            <dt className="text-soft">{name}</dt>
            <dd aria-hidden className="relative h-2.5 rounded-full bg-muted">
              <span
                className={cn("absolute inset-y-0 min-w-1 rounded-full", color)}
                style={{ left: `min(${share(start)}%, calc(100% - 0.25rem))`, width: `${share(ms)}%` }}
              />
            </dd>
            <dd className="text-right text-ink tabular-nums">{formatDuration(ms)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
