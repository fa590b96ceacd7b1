"use client";

import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { ChartCard } from "@/components/charts/chart-card";
import { MiniBars } from "@/components/charts/mini-bars";
import { groupSteps, stepLabel, sumSteps } from "@/components/charts/steps";
import { TwinTable } from "@/components/charts/twin-table";
import { formatCount, plural } from "@/lib/format";
import type { DenialsView } from "@/lib/services/analytics/view";
import { type StepRow, stepColumn, stepRows, TimeNote } from "./step-cell";
import { type ChartPlace, useDrill } from "./use-drill";

/** Refused calls, a small chart for each reason, all on one scale. */
export function Denials({ view, ...place }: ChartPlace & { view: DenialsView }) {
  const drill = useDrill(place);
  const grain = view.axis.step;
  const steps = groupSteps(view.axis);
  const reasons = view.series
    .filter(({ total }) => total > 0)
    .map((one) => ({ ...one, values: sumSteps(steps, one.values) }));
  const most = Math.max(...reasons.flatMap(({ values }) => values), 1);
  const total = reasons.reduce((sum, one) => sum + one.total, 0);
  const peak = (values: number[]) => {
    const step = steps[values.indexOf(Math.max(...values))];
    return step ? stepLabel(step, grain) : "";
  };
  return (
    <ChartCard
      title="Refused calls"
      description={total === 0 ? "Turned away before any server was touched" : `${plural(total, "call")} turned away`}
      chart={
        total === 0 ? (
          <p className="grid justify-items-center gap-2 px-5 pt-6 pb-12 text-center text-faint text-sm">
            <ShieldCheck aria-hidden className="size-5" /> Nothing was refused in this range
          </p>
        ) : (
          <ul className="grid gap-x-6 gap-y-4 px-5 pb-4 sm:grid-cols-2">
            {reasons.map(({ key, label, values, total: count, rest }) => (
              <li key={rest ? "rest of all" : key} className="grid min-w-0 gap-1">
                <p className="flex items-baseline justify-between gap-3 text-sm">
                  <span className="min-w-0 truncate text-soft">{label}</span>
                  {rest ? (
                    <span className="tabular-nums">{formatCount(count)}</span>
                  ) : (
                    <Link
                      href={drill.callsHref({ outcome: "denied", errorClass: key || null })}
                      className="rounded text-accent-text tabular-nums hover:underline hover:underline-offset-4"
                    >
                      {formatCount(count)}
                    </Link>
                  )}
                </p>
                <MiniBars
                  values={values}
                  most={most}
                  colour="var(--chart-5)"
                  label={`${label}: ${plural(count, "call")}, most of them ${peak(values)}`}
                />
              </li>
            ))}
          </ul>
        )
      }
      table={
        <TwinTable
          label="Refused calls"
          rows={stepRows(steps)}
          rowKey={({ step }) => String(step.start)}
          sort={{ by: "time", direction: "descending" }}
          columns={[
            stepColumn(grain, (step) => drill.stepHref(step, { outcome: "denied" })),
            ...reasons.map(({ key, label, values, total: count }, at) => ({
              key: `${at}:${key}`,
              title: label,
              numeric: true,
              value: ({ index }: StepRow) => values[index] ?? 0,
              total: formatCount(count),
            })),
          ]}
        />
      }
      note={
        total > 0 && <TimeNote grain={grain} steps={[]} hint={`One scale for all: at most ${formatCount(most)}.`} />
      }
    />
  );
}
