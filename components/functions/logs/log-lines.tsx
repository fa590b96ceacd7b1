import { cn } from "@/components/ui/cn";
import type { LogLineView } from "@/lib/services/function/view";
import type { NumberedLine } from "./numbered-lines";

const LOOK: Record<LogLineView["level"], string> = {
  debug: "text-faint",
  info: "text-soft",
  log: "text-ink",
  warn: "text-warn",
  error: "text-bad",
  exception: "text-bad",
  system: "text-accent-text",
};

/** Lines of a log in the order given; the function's own words as plain text. */
export function LogLines({ lines }: { lines: NumberedLine[] }) {
  return (
    <ol className="min-w-0 overflow-x-auto rounded-xl border bg-surface py-2 font-mono text-xs leading-5">
      {lines.map((line) => (
        <li key={line.at} className="flex gap-3 px-4 hover:bg-muted/60">
          <time dateTime={line.time} title={line.time} className="shrink-0 text-faint tabular-nums">
            {line.time.slice(11, 23)}
          </time>
          <span className={cn("w-[4.25rem] shrink-0", LOOK[line.level])}>{line.level}</span>
          <span className={cn("min-w-0 flex-1 whitespace-pre-wrap break-words", LOOK[line.level])}>{line.text}</span>
        </li>
      ))}
    </ol>
  );
}
