"use client";

import { useId } from "react";
import {
  Area,
  Bar,
  type BarShapeProps,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartTooltip } from "./chart-tooltip";
import { type Grain, type Step, tickIndexes, tickLabel } from "./steps";
import { useRangeDrag } from "./use-range-drag";

/** One colour of a chart; null values leave a gap. */
export interface ChartSeries {
  key: string;
  label: string;
  colour: string;
  /** One a bar. */
  values: (number | null)[];
  dashed?: boolean;
}

export interface TimeChartProps {
  /** What is drawn, for screen readers; the figures are in the table twin. */
  label: string;
  steps: Step[];
  grain: Grain;
  /** Stacked from the bottom. */
  bars?: ChartSeries[];
  lines?: ChartSeries[];
  /** A faint ground behind, on a scale of its own: how much there was at all. */
  volume?: ChartSeries;
  /** Writes a value on the axis and in the tooltip. */
  format(value: number): string;
  /** Whether parts add up, so that the tooltip shows their sum. */
  summed?: boolean;
  /** Values may lie between whole numbers. */
  fractions?: boolean;
  /** The axis shows at least this much, so that a single call is no tower. */
  least?: number;
  /** Dragged over bars: first and last of them. */
  onRange?(from: Step, to: Step): void;
  /** Pressed on a bar. */
  onStep?(step: Step): void;
}

interface Row {
  index: number;
  [slot: `s${number}`]: number | null;
}

const TICK = { fill: "var(--faint)", fontSize: 11 };
const STILL = { isAnimationActive: false } as const;

/** Values over time. Series get numbered slots, so that no name of a tool is taken for a path into the row. */
export function TimeChart(props: TimeChartProps) {
  const { label, steps, grain, bars = [], lines = [], volume, format, least = 0, fractions, onRange, onStep } = props;
  const hatch = `hatch${useId().replaceAll(":", "")}`;
  const drag = useRangeDrag(steps, { onRange, onStep });
  const all = [...bars, ...lines];
  const slot = (series: ChartSeries) => `s${all.indexOf(series)}` as const;
  const rows = steps.map((_, index): Row => {
    const row: Row = { index };
    for (const [at, series] of [...all, ...(volume ? [volume] : [])].entries())
      row[`s${at}`] = series.values[index] ?? null;
    return row;
  });
  const shape = (bar: BarShapeProps) => <Segment bar={bar} hatch={steps[bar.index]?.partial ? hatch : null} />;
  const lastPartial = bars.length === 0 && steps.at(-1)?.partial ? steps.length - 1 : null;
  return (
    <figure
      aria-label={label}
      className={`h-full w-full select-none overflow-x-clip ${onStep ? "[&_.recharts-surface]:cursor-pointer" : ""}`}
    >
      <ResponsiveContainer width="100%" height="100%" minWidth={0}>
        <ComposedChart data={rows} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} barCategoryGap="12%" {...drag.on}>
          <defs>
            <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="2.5" height="5" fill="var(--surface)" fillOpacity="0.75" />
            </pattern>
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="index"
            scale="band"
            ticks={tickIndexes(steps, grain)}
            tickFormatter={(index: number) => (steps[index] ? tickLabel(steps[index], grain) : "")}
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: "var(--line-strong)" }}
            tickMargin={6}
            minTickGap={10}
            interval="preserveStart"
            height={26}
          />
          <YAxis
            width="auto"
            domain={[0, (most: number) => Math.max(most, least)]}
            allowDecimals={fractions === true}
            tickCount={5}
            tickFormatter={(value: number) => (value === 0 ? "0" : format(value))}
            tick={TICK}
            tickLine={false}
            axisLine={false}
          />
          {volume && <YAxis yAxisId="volume" hide domain={[0, (most: number) => Math.max(most * 1.15, 4)]} />}
          <Tooltip
            {...STILL}
            cursor={{ fill: "var(--muted)", fillOpacity: bars.length > 0 ? 0.9 : 0.6, stroke: "none" }}
            content={({ active, payload }) => {
              const index = (payload[0]?.payload as Row | undefined)?.index;
              if (!active || index === undefined || !steps[index]) return null;
              return <ChartTooltip {...props} step={steps[index]} index={index} />;
            }}
          />
          {volume && (
            <Area
              {...STILL}
              yAxisId="volume"
              type="step"
              dataKey={`s${all.length}`}
              stroke="none"
              fill="var(--line)"
              fillOpacity={0.75}
              activeDot={false}
              tooltipType="none"
            />
          )}
          {bars.map((series) => (
            <Bar
              key={series.key}
              {...STILL}
              dataKey={slot(series)}
              stackId="bars"
              fill={series.colour}
              shape={shape}
              maxBarSize={48}
            />
          ))}
          {lines.map((series) => (
            <Line
              key={series.key}
              {...STILL}
              dataKey={slot(series)}
              stroke={series.colour}
              strokeWidth={1.5}
              strokeDasharray={series.dashed ? "5 4" : undefined}
              dot={(dot) => <Lonely key={dot.index} series={series} {...dot} />}
              activeDot={{ r: 3, strokeWidth: 0 }}
            />
          ))}
          {lastPartial !== null && <ReferenceArea x1={lastPartial} x2={lastPartial} fill={`url(#${hatch})`} />}
          {drag.range && (
            <ReferenceArea x1={drag.range[0]} x2={drag.range[1]} fill="var(--accent)" fillOpacity={0.14} />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
}

/** A part of a bar with a hair of space above, so that neighbours are told apart without their colours; hatched where not whole. */
function Segment({ bar: { x, y, width, height, fill }, hatch }: { bar: BarShapeProps; hatch: string | null }) {
  if (!(height > 0) || !(width > 0)) return null;
  const box = { x, y: height > 3 ? y + 0.75 : y, width, height: height > 3 ? height - 0.75 : height, rx: 1 };
  return (
    <g>
      <rect {...box} fill={fill} />
      {hatch && <rect {...box} fill={`url(#${hatch})`} />}
    </g>
  );
}

/** A point without neighbours has no line to it; it gets a dot. */
function Lonely({ cx, cy, index, series }: { cx?: number; cy?: number; index: number; series: ChartSeries }) {
  const value = series.values[index] ?? null;
  const alone = (series.values[index - 1] ?? null) === null && (series.values[index + 1] ?? null) === null;
  if (value === null || !alone || cx === undefined || cy === undefined) return <g />;
  return <circle cx={cx} cy={cy} r={2.5} fill={series.colour} />;
}
