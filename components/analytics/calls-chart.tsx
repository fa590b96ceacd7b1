"use client";

import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTransition } from "react";
import { OUTCOMES } from "@/components/calls/outcome";
import { ChartCard, Plot, Switcher } from "@/components/charts/chart-card";
import { Legend } from "@/components/charts/legend";
import { meaningColour, OTHER_COLOUR, rankColour } from "@/components/charts/palette";
import { groupSteps, sumSteps } from "@/components/charts/steps";
import { TimeChart } from "@/components/charts/time-chart";
import { TwinTable } from "@/components/charts/twin-table";
import type { CallFilterValues } from "@/components/filters/parsers";
import { formatCount, plural } from "@/lib/format";
import { DIMENSIONS, type Dimension } from "@/lib/services/analytics/schemas";
import type { CallsOverTimeView, SeriesView } from "@/lib/services/analytics/view";
import { NothingHere, type StepRow, stepColumn, stepRows, TimeNote } from "./step-cell";
import { type ChartPlace, toolPatch, useDrill } from "./use-drill";

const TITLES: Record<Dimension, string> = {
  outcome: "Outcome",
  member: "Member",
  tool: "Tool",
  server: "Server",
  client: "Client",
};

const ORDER = Object.keys(TITLES) as Dimension[];

/** Which filters mean one series; null where none does. */
function patchOf(by: Dimension, { key, rest }: SeriesView): Partial<CallFilterValues> | null {
  if (rest || key === "") return null;
  return by === "tool" ? toolPatch(key) : { [by]: key };
}

/** Outcomes have words of their own, the same as in the call list. */
const labelOf = ({ key, label }: SeriesView): string =>
  key in OUTCOMES ? OUTCOMES[key as keyof typeof OUTCOMES].label : label;

interface CallsChartProps extends ChartPlace {
  view: CallsOverTimeView;
  by: Dimension;
  /** What may be stacked by here. */
  dimensions: readonly Dimension[];
  title?: string;
}

/** Calls over time, stacked. */
export function CallsChart({ view, by, dimensions, title = "Calls over time", ...place }: CallsChartProps) {
  const drill = useDrill(place);
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [, setBy] = useQueryState(
    "by",
    parseAsStringLiteral(DIMENSIONS).withOptions({ shallow: false, scroll: false, startTransition }),
  );
  const grain = view.axis.step;
  const steps = groupSteps(view.axis);
  const series = view.series.map((one, rank) => ({
    ...one,
    label: by === "outcome" ? labelOf(one) : one.label,
    colour: one.rest ? OTHER_COLOUR : by === "outcome" ? meaningColour(one.key) : rankColour(rank),
    values: sumSteps(steps, one.values),
    patch: patchOf(by, one),
  }));
  const sums = steps.map((_, index) => series.reduce((sum, one) => sum + (one.values[index] ?? 0), 0));
  return (
    <ChartCard
      title={title}
      description={`${plural(view.total, "call")} in this range`}
      controls={
        dimensions.length > 1 && (
          <Switcher
            label="Stack by"
            value={by}
            options={ORDER.filter((one) => dimensions.includes(one)).map((value) => ({ value, title: TITLES[value] }))}
            onChange={(next) => void setBy(next)}
          />
        )
      }
      legend={
        <Legend
          label={`Calls by ${TITLES[by].toLowerCase()}`}
          entries={series.map(({ key, label, colour, total, patch, rest }) => ({
            key: rest ? "rest of all" : key,
            label,
            colour,
            figure: formatCount(total),
            picked: patch !== null && drill.isOn(patch),
            onPick: patch ? () => drill.toggle(patch) : undefined,
          }))}
        />
      }
      chart={
        <Plot className={pending ? "opacity-60" : undefined}>
          <TimeChart
            label={`${title}, by ${TITLES[by].toLowerCase()}`}
            steps={steps}
            grain={grain}
            bars={series}
            format={formatCount}
            summed
            least={4}
            onRange={drill.zoom}
            onStep={(step) => router.push(drill.stepHref(step))}
          />
          {view.total === 0 && <NothingHere />}
        </Plot>
      }
      table={
        <TwinTable
          label={title}
          rows={stepRows(steps)}
          rowKey={({ step }) => String(step.start)}
          sort={{ by: "time", direction: "descending" }}
          columns={[
            stepColumn(grain, drill.stepHref),
            ...series.map(({ key, label, values, total }, at) => ({
              key: `${at}:${key}`,
              title: label,
              numeric: true,
              value: ({ index }: StepRow) => values[index] ?? 0,
              total: formatCount(total),
            })),
            {
              key: "calls",
              title: "Calls",
              numeric: true,
              value: ({ index }) => sums[index] ?? 0,
              total: formatCount(sums.reduce((sum, one) => sum + one, 0)),
            },
          ]}
        />
      }
      note={<TimeNote grain={grain} steps={steps} hint="Drag over bars to zoom in; press one for its calls." />}
    />
  );
}
