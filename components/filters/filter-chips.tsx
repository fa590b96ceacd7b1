"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { filterTitle } from "./labels";

interface ChipsProps {
  chips: { name: string; value: string }[];
  onRemove(name: string): void;
  onClear(): void;
}

/** The filters that are on, each with its way off. */
export function FilterChips({ chips, onRemove, onClear }: ChipsProps) {
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Active filters" className="flex flex-wrap items-center gap-1.5">
      {chips.map(({ name, value }) => (
        <li
          key={name}
          className="flex h-7 max-w-full items-center gap-1.5 rounded-lg bg-accent-soft pl-2.5 text-accent-text text-xs"
        >
          <span className="shrink-0">{filterTitle(name)}</span>
          <span className="max-w-52 truncate font-medium">{value}</span>
          <button
            type="button"
            aria-label={`Remove filter ${filterTitle(name)}: ${value}`}
            onClick={() => onRemove(name)}
            className="grid size-7 shrink-0 place-items-center rounded-lg hover:bg-accent/15"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
      <li>
        <Button variant="ghost" size="sm" onClick={onClear}>
          Clear filters
        </Button>
      </li>
    </ul>
  );
}
