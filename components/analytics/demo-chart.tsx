"use client";

import { Plot } from "@/components/charts/chart-card";
import { singleSteps } from "@/components/charts/steps";
import { TimeChart } from "@/components/charts/time-chart";
import { formatCount } from "@/lib/format";

/** A made-up fortnight: what calls over time will look like. */
const OK = [12, 18, 22, 19, 25, 6, 4, 21, 27, 31, 29, 34, 8, 11];
const FAILED = [1, 2, 1, 3, 2, 0, 0, 2, 1, 4, 2, 3, 1, 0];
const FIRST = Date.UTC(2026, 0, 5);
const starts = OK.map((_, day) => new Date(FIRST + day * 86_400_000).toISOString());
const to = new Date(FIRST + OK.length * 86_400_000).toISOString();

/** The same chart as with calls, without any meaning; hidden from screen readers, greyed by whoever shows it. */
export function DemoChart() {
  return (
    <div aria-hidden inert>
      <Plot className="min-h-80">
        <TimeChart
          label="Example"
          grain="day"
          steps={singleSteps({ from: starts[0] ?? to, to, step: "day", starts, partial: false })}
          bars={[
            { key: "ok", label: "OK", colour: "var(--chart-1)", values: OK },
            { key: "failed", label: "Failed", colour: "var(--bad-mark)", values: FAILED },
          ]}
          format={formatCount}
        />
      </Plot>
    </div>
  );
}
