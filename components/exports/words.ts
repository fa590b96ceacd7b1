import { filterTitle } from "@/components/filters/labels";
import { formatCount, plural } from "@/lib/format";
import type { EstimateView, ExportView } from "@/lib/services/export/view";

/** `12,480 rows, ready at once`; `about 1.2 M rows, made in the background`. */
export function sizeInWords({ rows, exact, background }: EstimateView): string {
  const count = exact ? plural(rows, "row") : `about ${shortCount(rows)} rows`;
  return `${count}, ${background ? "made in the background" : "ready at once"}`;
}

/** `840 k`, `1.2 M`. */
export function shortCount(count: number): string {
  if (count < 10_000) return formatCount(count);
  return count < 1_000_000 ? `${Math.round(count / 1_000)} k` : `${(count / 1_000_000).toFixed(1)} M`;
}

const UNITS = ["B", "KB", "MB", "GB"];

/** `78.5 MB`, by thousands as file managers count. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1_000 && unit < UNITS.length - 1; unit++) value /= 1_000;
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

const minute = (iso: string): string => iso.slice(0, 16).replace("T", " ");

/** Names of members by id, where the reader may know them. */
export type Names = Readonly<Record<string, string>>;

/** What an export was asked for: `Server github · Outcome error · 2026-11-01 00:00 – 2026-11-24 09:30 UTC`. */
export function filtersInWords({ filters, ownOnly }: Pick<ExportView, "filters" | "ownOnly">, names: Names): string {
  const { from, to, form, ...rest } = filters;
  const parts = Object.entries(rest).map(([name, value]) => `${filterTitle(name)} ${names[value] ?? value}`);
  if (from && to) parts.push(`${minute(from)} – ${minute(to)} UTC`);
  else if (from) parts.push(`Since ${minute(from)} UTC`);
  else if (to) parts.push(`Until ${minute(to)} UTC`);
  if (parts.length === 0) parts.push(form === "chain" ? "The whole chain" : "Everything");
  return `${ownOnly ? "Own calls · " : ""}${parts.join(" · ")}`;
}

/** How an export is called in the list: `Calls, CSV for Excel`. */
export function kindInWords({ log, format, excel, payloads, filters }: ExportView): string {
  if (filters.form === "chain") return "Audit chain, JSONL";
  const file = format === "csv" ? (excel ? "CSV for Excel" : "CSV") : "JSONL";
  return `${log === "calls" ? "Calls" : "Audit"}, ${file}${payloads ? " with payloads" : ""}`;
}
