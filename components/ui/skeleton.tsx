import { cn } from "./cn";

/** A grey stand-in of fixed size, so that nothing jumps when the content comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("animate-pulse rounded-lg bg-muted", className)} />;
}

const ROWS = ["one", "two", "three", "four", "five", "six"];

/** Stand-in of a page with a head and a list. */
export function PageSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-6">
      <div className="grid gap-2">
        <Skeleton className="h-8 w-48" />
        <Skeleton className="h-5 w-80 max-w-full" />
      </div>
      <div className="grid gap-px overflow-hidden rounded-xl border bg-surface p-5">
        {ROWS.map((row) => (
          <Skeleton key={row} className="my-1.5 h-8" />
        ))}
      </div>
    </div>
  );
}
