import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "./cn";

const badge = cva(
  "inline-flex items-center gap-1.5 align-middle whitespace-nowrap rounded-md px-1.5 py-0.5 font-medium text-xs [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "bg-muted text-soft",
        accent: "bg-accent-soft text-accent-text",
        good: "bg-good-soft text-good",
        warn: "bg-warn-soft text-warn",
        bad: "bg-bad-soft text-bad",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);
export type Tone = NonNullable<VariantProps<typeof badge>["tone"]>;

/** A short word about a state; carries text (and an icon), never colour alone. */
export function Badge({ tone, className, children }: { tone?: Tone; className?: string; children: ReactNode }) {
  return <span className={cn(badge({ tone }), className)}>{children}</span>;
}

const DOT: Record<Tone, string> = {
  neutral: "bg-faint text-faint",
  accent: "bg-accent text-accent",
  good: "bg-good-mark text-good-mark",
  warn: "bg-warn-mark text-warn-mark",
  bad: "bg-bad-mark text-bad-mark",
};

/** A small lamp beside a text that says the same. `live` lets it beat. */
export function Dot({ tone = "neutral", live, className }: { tone?: Tone; live?: boolean; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn("inline-block size-2 shrink-0 rounded-full", DOT[tone], live && "animate-beat", className)}
    />
  );
}
