"use client";

import { type ReactNode, useState } from "react";
import { cn } from "@/components/ui/cn";
import { type Sort, SortTh } from "@/components/ui/sort-th";
import { Td, Th, Tr } from "@/components/ui/table";

/** One column: what it is sorted by, and how a cell looks. */
export interface Column<Row> {
  key: string;
  title: string;
  value(row: Row): string | number | null;
  /** Unless the value itself is shown. */
  show?(row: Row): ReactNode;
  numeric?: boolean;
  /** False where an order would mean nothing. */
  sorts?: boolean;
  /** In the foot: the sum, where the parts have one. */
  total?: ReactNode;
}

interface TwinProps<Row> {
  /** The chart's title. */
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey(row: Row): string;
  sort?: Sort<string>;
  className?: string;
}

/** A chart's figures as a real table, sorted by a press on a head. It scrolls by itself in both directions. */
export function TwinTable<Row>({ label, columns, rows, rowKey, sort: start, className }: TwinProps<Row>) {
  const [sort, setSort] = useState<Sort<string>>(start ?? { by: columns[0]?.key ?? "", direction: "ascending" });
  const column = columns.find(({ key }) => key === sort.by);
  const way = sort.direction === "ascending" ? 1 : -1;
  const sorted = column ? [...rows].sort((a, b) => way * compare(column.value(a), column.value(b))) : rows;
  const hasFoot = columns.some(({ total }) => total !== undefined);
  return (
    <div className={cn("max-h-[26rem] overflow-auto", className)}>
      <table aria-label={label} className="w-full border-separate border-spacing-0 text-sm">
        <thead className="sticky top-0 z-10 bg-surface">
          <tr>
            {columns.map(({ key, title, numeric, sorts }) =>
              sorts === false ? (
                <Th key={key}>{title}</Th>
              ) : (
                <SortTh
                  key={key}
                  by={key}
                  sort={sort}
                  onSort={setSort}
                  start={numeric ? "descending" : "ascending"}
                  className={numeric ? "text-right" : undefined}
                >
                  {title}
                </SortTh>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <Tr key={rowKey(row)}>
              {columns.map(({ key, value, show, numeric }) => (
                <Td key={key} className={cn("h-9 whitespace-nowrap py-1.5", numeric && "text-right tabular-nums")}>
                  {show
                    ? show(row)
                    : typeof value(row) === "number"
                      ? value(row)?.toLocaleString("en-US")
                      : (value(row) ?? "–")}
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
        {hasFoot && (
          <tfoot className="sticky bottom-0 bg-surface">
            <tr>
              {columns.map(({ key, total, numeric }) => (
                <td
                  key={key}
                  className={cn(
                    "h-9 whitespace-nowrap border-t px-4 font-medium first:pl-5 last:pr-5",
                    numeric && "text-right tabular-nums",
                  )}
                >
                  {total}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
}
