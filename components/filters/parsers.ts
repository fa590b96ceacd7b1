import { parseAsString } from "nuqs/server";

/**
 * Filters as they stand in the URL: raw text under the very names that the verbs take (`CallFilters`, `ListAuditInput`).
 * Nothing is judged here. The verb decides, so a value that it refuses is shown as an error (`<InvalidFilters/>`) and
 * never becomes another filter in silence. Free of "use client": pages, hooks and export routes read the same names.
 */
export const callFilterParsers = {
  range: parseAsString,
  from: parseAsString,
  to: parseAsString,
  outcome: parseAsString,
  server: parseAsString,
  member: parseAsString,
  errorClass: parseAsString,
  tool: parseAsString,
  client: parseAsString,
  kind: parseAsString,
};
export type CallFilterName = keyof typeof callFilterParsers;
export type CallFilterValues = Record<CallFilterName, string | null>;

/** @see callFilterParsers; these are the audit log's. */
export const auditFilterParsers = {
  range: parseAsString,
  from: parseAsString,
  to: parseAsString,
  action: parseAsString,
  actor: parseAsString,
  target: parseAsString,
};
export type AuditFilterName = keyof typeof auditFilterParsers;
export type AuditFilterValues = Record<AuditFilterName, string | null>;
