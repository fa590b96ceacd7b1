"use client";

import { useRouter } from "next/navigation";
import { ChartCard, Plot } from "@/components/charts/chart-card";
import { Legend } from "@/components/charts/legend";
import { meaningColour } from "@/components/charts/palette";
import { groupSteps, sumSteps } from "@/components/charts/steps";
import { TimeChart } from "@/components/charts/time-chart";
import { TwinTable } from "@/components/charts/twin-table";
import type { CallFilterValues } from "@/components/filters/parsers";
import { formatCount, plural } from "@/lib/format";
import type { ErrorsView } from "@/lib/services/analytics/view";
import { NothingHere, type StepRow, stepColumn, stepRows, TimeNote } from "./step-cell";
import { type ChartPlace, useDrill } from "./use-drill";
import { formatShare } from "./words";

/** Classes that are one filter; the others gather several. */
const PATCHES: Record<string, Partial<CallFilterValues>> = {
  denied: { outcome: "denied" },
  tool_error: { outcome: "tool_error" },
  timeout: { errorClass: "timeout" },
  rate_limited: { errorClass: "rate_limited" },
};

const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Share of calls that failed, split by why, over how many there were. */
export function ErrorsChart({ view, ...place }: ChartPlace & { view: ErrorsView }) {
  const drill = useDrill(place);
  const router = useRouter();
  const grain = view.axis.step;
  const steps = groupSteps(view.axis);
  const calls = sumSteps(steps, view.calls);
  const classes = view.series
    .map((one) => ({ ...one, colour: meaningColour(one.key), counts: sumSteps(steps, one.values) }))
    .filter(({ total }) => total > 0);
  const shares = classes.map((one) => ({
    ...one,
    values: one.counts.map((count, index) => (calls[index] ? count / calls[index] : 0)),
  }));
  const errors = steps.map((_, index) => classes.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0));
  const total = {
    key: "all",
    label: "All errors",
    colour: "var(--faint)",
    values: steps.map((_, index) => rate(errors[index] ?? 0, calls[index] ?? 0)),
  };
  const all = calls.reduce((sum, one) => sum + one, 0);
  const failed = errors.reduce((sum, one) => sum + one, 0);
  return (
    <ChartCard
      title="Error rate"
      description={
        all === 0 ? "No calls" : `${formatShare(failed / all)}: ${formatCount(failed)} of ${plural(all, "call")}`
      }
      legend={
        <Legend
          label="Errors by class"
          entries={classes.map(({ key, label, colour, total }) => {
            const patch = PATCHES[key];
            return {
              key,
              label,
              colour,
              figure: formatCount(total),
              picked: patch !== undefined && drill.isOn(patch),
              onPick: patch ? () => drill.toggle(patch) : undefined,
            };
          })}
        />
      }
      chart={
        <Plot>
          <TimeChart
            label="Error rate by class, over the number of calls"
            steps={steps}
            grain={grain}
            bars={shares}
            lines={[total]}
            volume={{ key: "calls", label: "Calls", colour: "var(--line-strong)", values: calls }}
            format={formatShare}
            fractions
            least={0.02}
            onRange={drill.zoom}
            onStep={(step) => router.push(drill.stepHref(step))}
          />
          {all > 0 && failed === 0 && <NothingHere>No errors in this range</NothingHere>}
          {all === 0 && <NothingHere />}
        </Plot>
      }
      table={
        <TwinTable
          label="Error rate"
          rows={stepRows(steps)}
          rowKey={({ step }) => String(step.start)}
          sort={{ by: "time", direction: "descending" }}
          columns={[
            stepColumn(grain, drill.stepHref),
            ...classes.map(({ key, label, counts, total }) => ({
              key,
              title: label,
              numeric: true,
              value: ({ index }: StepRow) => counts[index] ?? 0,
              total: formatCount(total),
            })),
            {
              key: "errors",
              title: "Errors",
              numeric: true,
              value: ({ index }) => errors[index] ?? 0,
              total: formatCount(failed),
            },
            {
              key: "calls",
              title: "Calls",
              numeric: true,
              value: ({ index }) => calls[index] ?? 0,
              total: formatCount(all),
            },
            {
              key: "rate",
              title: "Rate",
              numeric: true,
              value: ({ index }) => rate(errors[index] ?? 0, calls[index] ?? 0),
              show: ({ index }) => formatShare(rate(errors[index] ?? 0, calls[index] ?? 0)),
              total: formatShare(rate(failed, all)),
            },
          ]}
        />
      }
      note={<TimeNote grain={grain} steps={steps} hint="Grey behind: how many calls there were." />}
    />
  );
}
