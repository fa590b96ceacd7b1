"use client";

import { type KeyboardEvent, useRef } from "react";

/** Marks a row for `useRowKeys`; spread on each `<Tr>`. */
export interface RowProps {
  "data-row": number;
  tabIndex: number;
}

interface RowKeys {
  /** For the `<tbody>`. */
  body: {
    ref: React.RefObject<HTMLTableSectionElement | null>;
    onKeyDown(event: KeyboardEvent): void;
    onFocus(event: React.FocusEvent): void;
  };
  /** For each `<Tr>`, by its place. */
  row(index: number): RowProps;
}

interface Options {
  /** Enter on a row. Without it the row's first link or button is pressed. */
  onOpen?(index: number): void;
  /** Escape on a row, e.g. to close the drawer beside the table. */
  onEscape?(): void;
}

const STEPS: Record<string, (at: number, last: number) => number> = {
  j: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  k: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * Keys for the rows of a table: j, k and arrows move, Home and End jump, Enter opens, Escape closes. One row is in the tab
 * order (roving focus) and focus is on the row itself, so a screen reader reads the row it lands on. `event.target` inside a
 * row (a button, an input) keeps its own keys.
 * `const keys = useRowKeys({ onOpen }); <tbody {...keys.body}> <Tr {...keys.row(index)}>`
 */
export function useRowKeys({ onOpen, onEscape }: Options = {}): RowKeys {
  const ref = useRef<HTMLTableSectionElement>(null);
  const current = useRef(0);

  const rows = () => [...(ref.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  function focus(index: number) {
    const all = rows();
    const next = all[Math.min(Math.max(index, 0), all.length - 1)];
    next?.focus();
  }
  return {
    body: {
      ref,
      onFocus(event) {
        const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
        if (!row) return;
        current.current = Number(row.dataset.row);
        for (const other of rows()) other.tabIndex = other === row ? 0 : -1;
      },
      onKeyDown(event) {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
        const target = event.target as HTMLElement;
        if (event.key === "Escape" && onEscape) return onEscape();
        if (target.closest("input, textarea, select")) return;
        const step = STEPS[event.key];
        if (step) {
          event.preventDefault();
          return focus(step(current.current, rows().length - 1));
        }
        if (event.key === "Enter" && target.matches("[data-row]")) {
          event.preventDefault();
          if (onOpen) onOpen(Number(target.dataset.row));
          else target.querySelector<HTMLElement>("a[href], button:not(:disabled)")?.click();
        }
      },
    },
    row: (index) => ({ "data-row": index, tabIndex: index === current.current ? 0 : -1 }),
  };
}
