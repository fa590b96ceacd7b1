import type { CallFilterValues } from "@/components/filters/parsers";
import { paths } from "@/lib/paths";

/** What analytics mean without a time; said in every link out of them, since other pages mean something else. */
const DEFAULT_RANGE = "7d";

/** The filters that are set, as a query string. */
export const searchOf = (filters: Partial<CallFilterValues>): string =>
  new URLSearchParams(
    Object.entries(filters).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  ).toString();

/** The call list under these filters, over the time that the charts show. */
export function callsHref(slug: string, filters: Partial<CallFilterValues>): string {
  const timed = filters.range || filters.from || filters.to;
  return `${paths.calls(slug)}?${searchOf(timed ? filters : { ...filters, range: DEFAULT_RANGE })}`;
}
