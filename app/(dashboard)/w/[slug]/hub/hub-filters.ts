import { parseAsString } from "nuqs/server";

/** The Hub's filters as the address holds them, raw: the verb judges them, so a wrong one is shown and never ignored. */
export const hubFilterParsers = {
  q: parseAsString,
  category: parseAsString,
  needs: parseAsString,
  official: parseAsString,
  readOnly: parseAsString,
  installed: parseAsString,
};
export type HubFilters = Record<keyof typeof hubFilterParsers, string | null>;

/** Reads them out of a page's search parameters; a repeated one counts once. */
export function readHubFilters(search: Record<string, string | string[] | undefined>): HubFilters {
  const one = (name: keyof HubFilters) => {
    const value = search[name];
    return (Array.isArray(value) ? value[0] : value) || null;
  };
  return {
    q: one("q"),
    category: one("category"),
    needs: one("needs"),
    official: one("official"),
    readOnly: one("readOnly"),
    installed: one("installed"),
  };
}
