"use client";

import { type KeyboardEvent, useRef } from "react";
import { cn } from "@/components/ui/cn";
import type { ListingView } from "@/lib/services/listing/view";
import { ListingCard } from "./listing-card";

/** Cards side by side; arrow keys go from one to the next, as the eye does. */
export function ListingGrid({
  slug,
  label,
  listings,
  className,
}: {
  slug: string;
  label: string;
  listings: ListingView[];
  className?: string;
}) {
  const grid = useRef<HTMLUListElement>(null);

  function move(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...(grid.current?.querySelectorAll<HTMLElement>("a[data-listing]") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    const columns = getComputedStyle(grid.current as HTMLElement).gridTemplateColumns.split(" ").length;
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
  }
  return (
    <ul
      ref={grid}
      aria-label={label}
      onKeyDown={move}
      className={cn("grid grid-cols-1 gap-3 sm:grid-cols-2 2xl:grid-cols-3", className)}
    >
      {listings.map((listing) => (
        <li key={listing.slug} className="grid min-w-0">
          <ListingCard slug={slug} listing={listing} />
        </li>
      ))}
    </ul>
  );
}
