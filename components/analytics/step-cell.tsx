import Link from "next/link";
import { type Grain, type Step, stepLabel, stepUtc } from "@/components/charts/steps";
import type { Column } from "@/components/charts/twin-table";

/** Row of a table over time. */
export interface StepRow {
  step: Step;
  index: number;
}

/** The first column of such a table: when, with the way to the calls of that time. */
export function stepColumn(grain: Grain, hrefOf: (step: Step) => string): Column<StepRow> {
  return {
    key: "time",
    title: grain === "hour" ? "Time" : grain === "day" ? "Day" : "Week",
    value: ({ step }) => step.start,
    show: ({ step }) => (
      <Link href={hrefOf(step)} className="rounded text-accent-text hover:underline hover:underline-offset-4">
        <time dateTime={new Date(step.start).toISOString()} title={stepUtc(step)}>
          {stepLabel(step, grain)}
        </time>
      </Link>
    ),
    total: "Together",
  };
}

export const stepRows = (steps: Step[]): StepRow[] => steps.map((step, index) => ({ step, index }));

/** Below a chart over time: whose clock, and what hatching means. */
export function TimeNote({ grain, steps, hint }: { grain: Grain; steps: Step[]; hint?: string }) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      {grain === "hour" ? `Hours of ${zone}.` : grain === "day" ? "Days of UTC." : "Weeks of UTC, from Monday."}
      {steps.some(({ partial }) => partial) && " Hatched: not whole, still running or cut by the range."}
      {hint && ` ${hint}`}
    </>
  );
}

/** Said over an empty plot. */
export function NothingHere({ children = "No calls in this range" }: { children?: string }) {
  return (
    <p className="pointer-events-none absolute inset-0 grid place-items-center text-faint text-sm">
      <span className="rounded-lg bg-surface px-3 py-1">{children}</span>
    </p>
  );
}
