import { cn } from "./cn";

/** Hue from a name, so that a server or person keeps one colour everywhere. */
function hueOf(name: string): number {
  let hash = 7;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return hash;
}

/** A tile with the first letters; stands for an icon, which we never load from other hosts. */
export function Monogram({ name, round, className }: { name: string; round?: boolean; className?: string }) {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = (words.length > 1 ? `${words[0]?.[0]}${words[1]?.[0]}` : (words[0] ?? "?").slice(0, 2)).toUpperCase();
  return (
    <span
      aria-hidden
      style={{ "--hue": hueOf(name) } as React.CSSProperties}
      className={cn(
        "grid size-8 shrink-0 place-items-center bg-[oklch(0.94_0.04_var(--hue))] font-semibold text-2xs text-[oklch(0.38_0.09_var(--hue))] tracking-wide dark:bg-[oklch(0.3_0.05_var(--hue))] dark:text-[oklch(0.85_0.08_var(--hue))]",
        round ? "rounded-full" : "rounded-lg",
        className,
      )}
    >
      {letters}
    </span>
  );
}
