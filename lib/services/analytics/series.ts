import type { Axis } from "./axis";
import type { SeriesView } from "./view";

/** One counted cell: a step (ms UTC), a key and how many. */
export interface Cell {
  at: number;
  key: string;
  calls: number;
}

/** Puts counted cells on the axis, zero where nothing was counted; most calls first, as long as `keys` does not order them. */
export function toSeries(
  axis: Pick<Axis, "starts">,
  cells: readonly Cell[],
  options: { label?: (key: string) => string; keys?: readonly string[]; rest?: string } = {},
): SeriesView[] {
  const places = new Map(axis.starts.map((ms, i) => [ms, i]));
  const byKey = new Map<string, SeriesView>();
  const seriesOf = (key: string): SeriesView => {
    const found = byKey.get(key);
    if (found) return found;
    const rest = key === options.rest;
    const label = rest ? "Other" : (options.label?.(key) ?? key);
    const made = { key: rest ? "other" : key, label, values: axis.starts.map(() => 0), total: 0, rest };
    byKey.set(key, made);
    return made;
  };
  for (const key of options.keys ?? []) seriesOf(key);
  for (const { at, key, calls } of cells) {
    const place = places.get(at);
    if (place === undefined) continue;
    const series = seriesOf(key);
    series.values[place] = (series.values[place] ?? 0) + calls;
    series.total += calls;
  }
  const all = [...byKey.values()];
  if (options.keys) return all;
  return all.sort((a, b) => Number(a.rest) - Number(b.rest) || b.total - a.total || (a.key < b.key ? -1 : 1));
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** All series added up, a value a step. */
export const addUp = (axis: Pick<Axis, "starts">, series: readonly SeriesView[]): number[] =>
  axis.starts.map((_, i) => sum(series.map(({ values }) => values[i] ?? 0)));
