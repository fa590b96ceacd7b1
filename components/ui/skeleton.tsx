import type { ReactNode } from "react";
import { cn } from "./cn";

/** A grey stand-in of fixed size, so that nothing jumps when the content comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("animate-pulse rounded-lg bg-muted", className)} />;
}

/** Keys for stand-ins that are all alike. */
const times = (count: number): string[] => Array.from({ length: count }, (_, index) => `part ${index}`);

function Frame({ children }: { children: ReactNode }) {
  return (
    <div role="status" aria-label="Loading" className="grid gap-6">
      <div className="grid gap-2">
        <Skeleton className="h-8 w-48" />
        <Skeleton className="h-5 w-80 max-w-full" />
      </div>
      {children}
    </div>
  );
}

function Rows({ count }: { count: number }) {
  return (
    <div className="grid gap-px overflow-hidden rounded-xl border bg-surface p-5">
      {times(count).map((row) => (
        <Skeleton key={row} className="my-1.5 h-8" />
      ))}
    </div>
  );
}

function Bar({ count }: { count: number }) {
  return (
    <div className="flex flex-wrap gap-2">
      {times(count).map((part) => (
        <Skeleton key={part} className="h-9 w-32" />
      ))}
    </div>
  );
}

/** Stand-in of a page with a head and a list; `filters`: a bar of that many above it. */
export function PageSkeleton({ filters = 0 }: { filters?: number }) {
  return (
    <Frame>
      {filters > 0 && <Bar count={filters} />}
      <Rows count={7} />
    </Frame>
  );
}

/** Stand-in of a page with figures, charts and lists; `filters` as above. */
export function ChartsSkeleton({ filters = 0 }: { filters?: number }) {
  return (
    <Frame>
      {filters > 0 && <Bar count={filters} />}
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {times(4).map((tile) => (
          <Skeleton key={tile} className="h-28 rounded-xl" />
        ))}
      </div>
      <Skeleton className="h-72 rounded-xl" />
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-60 rounded-xl" />
        <Skeleton className="h-60 rounded-xl" />
      </div>
    </Frame>
  );
}

/** Stand-in of a page with one card for each group of settings, or with the steps of a form. */
export function FormSkeleton() {
  return (
    <Frame>
      {times(3).map((card) => (
        <div key={card} className="grid max-w-2xl gap-3 rounded-xl border bg-surface p-5">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-9" />
          <Skeleton className="h-9 w-28" />
        </div>
      ))}
    </Frame>
  );
}

/** Stand-in of a page with cards in columns; `filters` as above. */
export function CardsSkeleton({ filters = 0 }: { filters?: number }) {
  return (
    <Frame>
      {filters > 0 && <Bar count={filters} />}
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {times(9).map((card) => (
          <Skeleton key={card} className="h-36 rounded-xl" />
        ))}
      </div>
    </Frame>
  );
}

/** Stand-in of a page about one thing: its head, its tabs, its content. */
export function DetailSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-6">
      <Skeleton className="h-5 w-24" />
      <div className="flex items-center gap-4">
        <Skeleton className="size-12 rounded-xl" />
        <div className="grid gap-2">
          <Skeleton className="h-7 w-56" />
          <Skeleton className="h-4 w-72 max-w-full" />
        </div>
      </div>
      <Bar count={4} />
      <Rows count={6} />
    </div>
  );
}
