import type { ReactNode } from "react";
import { cn } from "./cn";

/** A key to press. */
export function Kbd({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <kbd
      className={cn(
        "inline-grid h-5 min-w-5 place-items-center rounded-md border bg-muted px-1 font-mono text-2xs text-soft",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
