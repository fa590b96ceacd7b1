"use client";

import { cn } from "@/components/ui/cn";
import { WAYS, type Way } from "./clients";

/** A token in the client's configuration, or signing in by the browser; shown where a client can do both. */
export function WayPicker({ ways, selected, onSelect }: { ways: Way[]; selected: Way; onSelect(way: Way): void }) {
  return (
    <fieldset className="flex w-fit rounded-lg border bg-muted p-1">
      <legend className="sr-only">How the client signs in</legend>
      {ways.map((way) => (
        <label
          key={way}
          className={cn(
            "cursor-pointer rounded-md px-3 py-1.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent-text",
            way === selected ? "bg-surface font-medium text-ink shadow-card" : "text-soft hover:text-ink",
          )}
        >
          <input
            type="radio"
            name="way"
            className="sr-only"
            checked={way === selected}
            onChange={() => onSelect(way)}
          />
          {WAYS[way]}
        </label>
      ))}
    </fieldset>
  );
}
