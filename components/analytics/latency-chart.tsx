"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChartCard, Plot } from "@/components/charts/chart-card";
import { Legend } from "@/components/charts/legend";
import { singleSteps } from "@/components/charts/steps";
import { TimeChart } from "@/components/charts/time-chart";
import { TwinTable } from "@/components/charts/twin-table";
import { Button } from "@/components/ui/button";
import { formatCount, formatDuration } from "@/lib/format";
import type { LatencyView } from "@/lib/services/analytics/view";
import { NothingHere, type StepRow, stepColumn, stepRows, TimeNote } from "./step-cell";
import { type ChartPlace, useDrill } from "./use-drill";

const LINES = [
  { key: "p50", label: "p50, a typical call", colour: "var(--chart-3)" },
  { key: "p95", label: "p95, one in twenty is slower", colour: "var(--chart-1)" },
  { key: "p99", label: "p99", colour: "var(--chart-2)", dashed: true },
] as const;

/** How long calls take, by percentiles of the whole way through gateway and server. */
export function LatencyChart({ view, ...place }: ChartPlace & { view: LatencyView }) {
  const drill = useDrill(place);
  const router = useRouter();
  const [p99, setP99] = useState(false);
  const grain = view.axis.step;
  const steps = singleSteps(view.axis);
  const lines = LINES.filter(({ key }) => key !== "p99" || p99).map((line) => ({
    ...line,
    values: view.total.map((one) => one[line.key]),
  }));
  const { p50, p95 } = view.overall.total;
  return (
    <ChartCard
      title="Latency"
      description={p50 === null ? "No finished calls" : `p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}`}
      controls={
        <Button variant={p99 ? "secondary" : "ghost"} size="sm" aria-pressed={p99} onClick={() => setP99(!p99)}>
          p99
        </Button>
      }
      legend={<Legend label="Percentiles" entries={lines} />}
      chart={
        <Plot>
          <TimeChart
            label="Latency of calls by percentile"
            steps={steps}
            grain={grain}
            lines={lines}
            format={formatDuration}
            fractions
            least={10}
            onRange={drill.zoom}
            onStep={(step) => router.push(drill.stepHref(step))}
          />
          {p50 === null && <NothingHere>No finished calls in this range</NothingHere>}
        </Plot>
      }
      table={
        <TwinTable
          label="Latency"
          rows={stepRows(steps).filter(({ index }) => view.total[index]?.p50 !== null)}
          rowKey={({ step }) => String(step.start)}
          sort={{ by: "time", direction: "descending" }}
          columns={[
            { ...stepColumn(grain, drill.stepHref), total: "Whole range" },
            ...LINES.map(({ key }) => ({
              key,
              title: key,
              numeric: true,
              value: ({ index }: StepRow) => view.total[index]?.[key] ?? null,
              show: ({ index }: StepRow) => formatDuration(view.total[index]?.[key]),
              total: formatDuration(view.overall.total[key]),
            })),
          ]}
        />
      }
      note={<TimeNote grain={grain} steps={steps} hint={sampleNote(view)} />}
    />
  );
}

/** Said where not every call was looked at. */
export const sampleNote = ({ sampled }: LatencyView): string | undefined =>
  sampled === null ? undefined : `From the newest ${formatCount(sampled)} calls of the range.`;
