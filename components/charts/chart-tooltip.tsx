import { type Step, stepLabel } from "./steps";
import type { TimeChartProps } from "./time-chart";

/** Exact figures of one bar, in the order in which they are stacked. */
export function ChartTooltip({
  step,
  index,
  grain,
  bars = [],
  lines = [],
  volume,
  format,
  summed,
}: TimeChartProps & { step: Step; index: number }) {
  const stacked = [...bars].reverse();
  const shown = [...lines, ...(stacked.length > 4 ? stacked.filter((one) => one.values[index]) : stacked)];
  const sum = stacked.reduce((total, { values }) => total + (values[index] ?? 0), 0);
  return (
    <div className="min-w-40 max-w-72 rounded-lg border bg-surface px-3 py-2 text-xs shadow-raised">
      <p className="mb-1.5 flex justify-between gap-4 font-medium">
        {stepLabel(step, grain)}
        {step.partial && <span className="font-normal text-faint">not whole</span>}
      </p>
      <ul className="grid gap-1">
        {shown.map(({ key, label, colour, values }) => (
          <li key={key} className="flex items-center gap-2 text-soft">
            <Swatch colour={colour} />
            <span className="min-w-0 flex-1 truncate">{label}</span>
            <span className="text-ink tabular-nums">
              {values[index] === null || values[index] === undefined ? "–" : format(values[index])}
            </span>
          </li>
        ))}
      </ul>
      {summed && (
        <p className="mt-1.5 flex justify-between gap-4 border-t pt-1.5">
          <span className="text-soft">Together</span>
          <span className="font-medium tabular-nums">{format(sum)}</span>
        </p>
      )}
      {volume && (
        <p className="mt-1.5 flex justify-between gap-4 border-t pt-1.5">
          <span className="text-soft">{volume.label}</span>
          <span className="tabular-nums">{(volume.values[index] ?? 0).toLocaleString("en-US")}</span>
        </p>
      )}
    </div>
  );
}

/** A patch of a series' colour beside its name. */
export function Swatch({ colour, dashed }: { colour: string; dashed?: boolean }) {
  return (
    <svg aria-hidden="true" width="10" height="10" viewBox="0 0 10 10" className="shrink-0">
      {dashed ? (
        <path d="M0 5h4M6 5h4" stroke={colour} strokeWidth="2" />
      ) : (
        <rect width="10" height="10" rx="2.5" fill={colour} />
      )}
    </svg>
  );
}
