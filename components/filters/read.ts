import { AppError } from "@/lib/errors";
import type { ListAuditInput } from "@/lib/services/audit/schemas";
import type { CallFiltersInput } from "@/lib/services/call/schemas";
import { type AuditFilterName, auditFilterParsers, type CallFilterName, callFilterParsers } from "./parsers";

type SearchParams = Record<string, string | string[] | undefined>;

/** The named parameters that hold something. A parameter given twice stays a list, which every verb refuses. */
function pick(searchParams: SearchParams, names: string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = searchParams[name];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}

/** A page's search parameters as the input of every verb that takes `CallFilters`, unjudged: the verb says what is wrong. */
export function readCallFilters(searchParams: SearchParams): { filters: CallFiltersInput } {
  const names = Object.keys(callFilterParsers) satisfies string[] as CallFilterName[];
  return { filters: pick(searchParams, names) as CallFiltersInput };
}

/** @see readCallFilters; for the audit log. */
export function readAuditFilters(searchParams: SearchParams): { filters: ListAuditInput } {
  const names = Object.keys(auditFilterParsers) satisfies string[] as AuditFilterName[];
  return { filters: pick(searchParams, names) as ListAuditInput };
}

/** What `<InvalidFilters/>` shows: the verb's own words and the filter at fault. */
export interface FilterFault {
  message: string;
  field: string | undefined;
}

/**
 * A verb's answer, or the fault it found in the filters; every other error goes on to the error page.
 * `const { data, fault } = await orFault(listCalls(ctx, filters)); if (fault) return <InvalidFilters fault={fault} />;`
 */
export async function orFault<T>(
  work: Promise<T>,
): Promise<{ data: T; fault?: undefined } | { data?: undefined; fault: FilterFault }> {
  try {
    return { data: await work };
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid")
      return { fault: { message: error.message, field: error.field } };
    throw error;
  }
}
