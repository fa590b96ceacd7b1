import type { EstimateView, ExportPage, ExportView } from "@/lib/services/export/view";

/** Filters as they stand in the URL; empty ones say nothing. */
export type ExportFilters = Readonly<Record<string, string | null | undefined>>;
export type Log = "calls" | "audit";
export type Format = "csv" | "jsonl";

/** What is exported and how. */
export interface ExportRequest {
  log: Log;
  format: Format;
  excel?: boolean;
  payloads?: boolean;
  filters: ExportFilters;
}

const base = (slug: string): string => `/api/v1/workspaces/${encodeURIComponent(slug)}`;

/** A query string without what is empty. */
function query(values: Record<string, string | null | undefined>): string {
  const entries = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : "";
}

/** Where a small export is downloaded from, at once. */
export function streamHref(slug: string, { log, format, excel, payloads, filters }: ExportRequest): string {
  const more = {
    excel: excel && format === "csv" ? "true" : undefined,
    payloads: payloads && log === "calls" && format === "jsonl" ? "true" : undefined,
    form: log === "audit" && format === "jsonl" ? "rows" : undefined,
  };
  return `${base(slug)}/${log}.${format}${query({ ...filters, ...more })}`;
}

/** The audit log's chain of hashes, which can be verified without the server. */
export const chainHref = (slug: string): string => `${base(slug)}/audit.jsonl`;
export const fileHref = (slug: string, id: string): string => `${base(slug)}/exports/${id}/file`;
export const manifestHref = (slug: string, id: string): string => `${base(slug)}/exports/${id}/manifest`;

/** @throws Error with the API's message */
async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    method,
    signal,
    headers: { accept: "application/json", ...(body !== undefined && { "content-type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Error(answer?.error?.message ?? "The server did not answer.");
  return answer;
}

/** How many rows it would be. @throws Error with the API's message, e.g. for a filter that cannot be used */
export const fetchEstimate = (slug: string, log: Log, filters: ExportFilters, signal?: AbortSignal) =>
  ask<EstimateView>("GET", `${base(slug)}/exports/estimate${query({ ...filters, log })}`, undefined, signal);

/** Asks for an export in the background. @throws Error with the API's message */
export function createExport(slug: string, { filters, ...options }: ExportRequest): Promise<ExportView> {
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => Boolean(value)));
  return ask("POST", `${base(slug)}/exports`, { ...given, ...options });
}

/** @throws Error with the API's message */
export const fetchExports = (slug: string, cursor?: string, signal?: AbortSignal) =>
  ask<ExportPage>("GET", `${base(slug)}/exports${query({ cursor })}`, undefined, signal);

/** Starts a download without leaving the page. */
export function download(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}
