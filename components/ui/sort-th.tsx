"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { Th } from "./table";

/** Which column a table is sorted by, and which way. */
export interface Sort<Key extends string> {
  by: Key;
  direction: "ascending" | "descending";
}

/** The sort after a press on a column: the other way round, or (another column) the way it starts. */
export function nextSort<Key extends string>(
  sort: Sort<Key>,
  by: Key,
  start: Sort<Key>["direction"] = "descending",
): Sort<Key> {
  if (sort.by !== by) return { by, direction: start };
  return { by, direction: sort.direction === "ascending" ? "descending" : "ascending" };
}

interface SortThProps<Key extends string> {
  by: Key;
  sort: Sort<Key>;
  onSort(sort: Sort<Key>): void;
  /** Where a first press starts; numbers want the largest first. */
  start?: Sort<Key>["direction"];
  className?: string;
  children: ReactNode;
}

/** A column head that sorts; `aria-sort` says how. */
export function SortTh<Key extends string>({ by, sort, onSort, start, className, children }: SortThProps<Key>) {
  const active = sort.by === by;
  const Icon = active ? (sort.direction === "ascending" ? ArrowUp : ArrowDown) : ChevronsUpDown;
  return (
    <Th aria-sort={active ? sort.direction : "none"} className={className}>
      <button
        type="button"
        onClick={() => onSort(nextSort(sort, by, start))}
        className="-mx-1 inline-flex h-7 items-center gap-1 rounded px-1 hover:text-ink"
      >
        {children}
        <Icon aria-hidden className="size-3.5" />
      </button>
    </Th>
  );
}
