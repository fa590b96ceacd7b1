import { cn } from "./cn";

interface ProgressProps {
  label: string;
  /** Part done, 0 to 1; null: it is under way, nobody knows how far. */
  value: number | null;
  tone?: "accent" | "good" | "bad";
  className?: string;
}

const TONE = { accent: "bg-accent", good: "bg-good-mark", bad: "bg-bad-mark" };

/** A bar that fills. The text beside it says the same in words. */
export function Progress({ label, value, tone = "accent", className }: ProgressProps) {
  const part = value === null ? null : Math.min(Math.max(value, 0), 1);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={part === null ? undefined : Math.round(part * 100)}
      className={cn("h-1.5 overflow-hidden rounded-full bg-muted", className)}
    >
      <div
        className={cn(
          "h-full origin-left rounded-full transition-transform",
          TONE[tone],
          part === null && "w-1/3 animate-pulse",
        )}
        style={part === null ? undefined : { transform: `scaleX(${part})` }}
      />
    </div>
  );
}
