import { z } from "zod";
import { type Listing, ListingEntry } from "./listing";

/** An operator's file that cannot be used; the message says where it is wrong and never quotes a value. */
export class HubCatalogueError extends Error {
  override readonly name = "HubCatalogueError";
}

/** Faults named in one message; more help nobody. */
const SHOWN = 5;

/**
 * Reads the listings that an operator adds: a JSON array, or `{ "listings": […] }`.
 * @throws HubCatalogueError
 */
export function parseOwnListings(text: string): Listing[] {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new HubCatalogueError("it is not JSON");
  }
  const list = Array.isArray(json) ? json : (json as { listings?: unknown } | null)?.listings;
  if (!Array.isArray(list)) throw new HubCatalogueError('it must be an array, or hold one as "listings"');
  const parsed = z.array(ListingEntry).max(500, "has at most 500 entries").safeParse(list);
  if (!parsed.success) throw new HubCatalogueError(sayFaults(parsed.error.issues));
  const slugs = parsed.data.map(({ slug }) => slug);
  const twice = slugs.find((slug, index) => slugs.indexOf(slug) !== index);
  if (twice) throw new HubCatalogueError(`the slug ${twice} is there twice`);
  return parsed.data.map((entry) => ({ ...entry, own: true }));
}

function sayFaults(issues: z.core.$ZodIssue[]): string {
  const lines = issues.slice(0, SHOWN).map((issue) => `${issue.path.join(".") || "the list"}: ${sayIssue(issue)}`);
  return [...lines, ...(issues.length > SHOWN ? [`and ${issues.length - SHOWN} more`] : [])].join("; ");
}

/** zod's own words for what is not there are of no use to who writes JSON. */
const sayIssue = ({ message }: z.core.$ZodIssue): string =>
  /received undefined$/.test(message) ? "is missing" : message.replace(/^Invalid input: /, "");
