"use client";

import { useState } from "react";
import { ChartCard, Plot, Switcher } from "@/components/charts/chart-card";
import { Legend } from "@/components/charts/legend";
import { singleSteps } from "@/components/charts/steps";
import { TimeChart } from "@/components/charts/time-chart";
import { TwinTable } from "@/components/charts/twin-table";
import { formatDuration } from "@/lib/format";
import type { LatencyView } from "@/lib/services/analytics/view";
import { sampleNote } from "./latency-chart";
import { NothingHere, type StepRow, stepColumn, stepRows, TimeNote } from "./step-cell";
import { type ChartPlace, useDrill } from "./use-drill";
import { formatShare } from "./words";

const PARTS = [
  { key: "upstream", label: "At the server", colour: "var(--chart-1)" },
  { key: "gateway", label: "In the gateway", colour: "var(--chart-2)" },
] as const;
const PERCENTILES = [
  { value: "p50", title: "p50" },
  { value: "p95", title: "p95" },
] as const;

type Percentile = (typeof PERCENTILES)[number]["value"];

/** Where the time goes: the server's part of a call against the gateway's own. */
export function ShareChart({ view, ...place }: ChartPlace & { view: LatencyView }) {
  const drill = useDrill(place);
  const [at, setAt] = useState<Percentile>("p50");
  const grain = view.axis.step;
  const steps = singleSteps(view.axis);
  const parts = PARTS.map((part) => ({ ...part, values: view[part.key].map((one) => one[at]) }));
  const gateway = view.overall.gateway[at];
  const total = view.overall.total[at];
  return (
    <ChartCard
      title="Server and gateway"
      description={
        gateway === null || !total
          ? "No finished calls"
          : `The gateway takes ${formatDuration(gateway)} (${at}), about ${formatShare(Math.min(1, gateway / total))} of a call`
      }
      controls={<Switcher<Percentile> label="Percentile" value={at} options={[...PERCENTILES]} onChange={setAt} />}
      legend={<Legend label="Parts of a call" entries={parts} />}
      chart={
        <Plot>
          <TimeChart
            label={`Time at the server and in the gateway, ${at}`}
            steps={steps}
            grain={grain}
            lines={parts}
            format={formatDuration}
            fractions
            least={10}
            onRange={drill.zoom}
          />
          {total === null && <NothingHere>No finished calls in this range</NothingHere>}
        </Plot>
      }
      table={
        <TwinTable
          label="Server and gateway"
          rows={stepRows(steps).filter(({ index }) => view.total[index]?.p50 !== null)}
          rowKey={({ step }) => String(step.start)}
          sort={{ by: "time", direction: "descending" }}
          columns={[
            { ...stepColumn(grain, drill.stepHref), total: "Whole range" },
            ...PARTS.flatMap(({ key, label }) =>
              PERCENTILES.map(({ value: percentile }) => ({
                key: `${key} ${percentile}`,
                title: `${label}, ${percentile}`,
                numeric: true,
                value: ({ index }: StepRow) => view[key][index]?.[percentile] ?? null,
                show: ({ index }: StepRow) => formatDuration(view[key][index]?.[percentile]),
                total: formatDuration(view.overall[key][percentile]),
              })),
            ),
          ]}
        />
      }
      note={<TimeNote grain={grain} steps={steps} hint={sampleNote(view)} />}
    />
  );
}
