import { z } from "zod";
import ai from "./catalogue/ai.json";
import analytics from "./catalogue/analytics.json";
import cloud from "./catalogue/cloud.json";
import communication from "./catalogue/communication.json";
import content from "./catalogue/content.json";
import customers from "./catalogue/customers.json";
import database from "./catalogue/database.json";
import design from "./catalogue/design.json";
import developerTools from "./catalogue/developer-tools.json";
import documentation from "./catalogue/documentation.json";
import finance from "./catalogue/finance.json";
import monitoring from "./catalogue/monitoring.json";
import places from "./catalogue/places.json";
import productivity from "./catalogue/productivity.json";
import projects from "./catalogue/projects.json";
import search from "./catalogue/search.json";
import { type Listing, ListingEntry } from "./listing";

const FILES = [
  ...[documentation, developerTools, cloud, database, monitoring, search, projects, productivity],
  ...[analytics, finance, customers, communication, content, design, places, ai],
];

/** The servers that come with the product, read and checked once. */
export const CATALOGUE: readonly Listing[] = z
  .array(ListingEntry)
  .parse(FILES.flat())
  .map((entry) => ({ ...entry, own: false }));

/** The Hub of an installation: the catalogue, and what its operator adds or puts in place of an entry of the same slug. */
export function withOwn(own: readonly Listing[]): readonly Listing[] {
  const slugs = new Set(own.map(({ slug }) => slug));
  return [...own, ...CATALOGUE.filter(({ slug }) => !slugs.has(slug))];
}
