"use client";

import { ChartNoAxesColumn, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";

interface ChartCardProps {
  title: string;
  description?: ReactNode;
  /** Switches that belong to the chart. */
  controls?: ReactNode;
  /** Names of the colours. */
  legend?: ReactNode;
  chart: ReactNode;
  /** The same figures as a table. */
  table: ReactNode;
  /** Small print below: zone, what hatching means. */
  note?: ReactNode;
  className?: string;
}

/** The frame of every chart, with the way to its table and back. */
export function ChartCard({ title, description, controls, legend, chart, table, note, className }: ChartCardProps) {
  const [asTable, setAsTable] = useState(false);
  const Icon = asTable ? ChartNoAxesColumn : Table2;
  return (
    <Card className={cn("flex min-w-0 flex-col", className)} aria-label={title}>
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4 pb-3">
        <div className="grid min-w-0 gap-0.5">
          <h2 className="font-semibold text-[0.9375rem]">{title}</h2>
          {description && <p className="text-faint text-xs leading-5">{description}</p>}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {controls}
          <Button
            variant="ghost"
            size="icon"
            aria-label={`View ${title} as ${asTable ? "chart" : "table"}`}
            title={asTable ? "View as chart" : "View as table"}
            className="-mr-2"
            onClick={() => setAsTable(!asTable)}
          >
            <Icon aria-hidden />
          </Button>
        </div>
      </header>
      {asTable ? (
        <div className="border-t">{table}</div>
      ) : (
        <>
          {legend}
          {chart}
        </>
      )}
      {note && <p className="px-5 pt-2 pb-4 text-faint text-xs leading-5">{note}</p>}
    </Card>
  );
}

/** Where a chart over time is drawn: it fills its card, so that cards side by side line up. */
export function Plot({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={cn("relative min-h-60 flex-1", className)}>
      <div className="absolute inset-x-4 top-2 bottom-2">{children}</div>
    </div>
  );
}

/** Two or more views of one chart; the pressed one is shown. */
export function Switcher<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: { value: Value; title: string }[];
  onChange(value: Value): void;
}) {
  return (
    <fieldset className="flex min-w-0 max-w-full flex-wrap rounded-lg border bg-muted p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cn(
            "h-7 rounded-md px-2.5 text-soft text-xs hover:text-ink",
            option.value === value && "bg-surface font-medium text-ink shadow-card",
          )}
        >
          {option.title}
        </button>
      ))}
    </fieldset>
  );
}
