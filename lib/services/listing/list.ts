import { CATEGORIES } from "@/lib/hub/categories";
import type { Listing } from "@/lib/hub/listing";
import { searchListings } from "@/lib/hub/search";
import { type Ctx, requireUser, workspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { readInstalled } from "./installed";
import { type ListingFilters, ListListingsInput, NEEDS } from "./schemas";
import { hasReadOnly, type Installed, isInstalled, needsOf, toListingView } from "./to-view";
import type { ListingFacets, ListingPage } from "./view";

const NEEDS_LABEL = { nothing: "Nothing", secret: "A key to paste", oauth: "Sign-in (OAuth)" };

/** What each filter asks of a listing; one that is not set asks nothing. */
type Tests = Record<"category" | "needs" | "official" | "readOnly" | "installed", (listing: Listing) => boolean>;

/**
 * Searches the Hub: by name, vendor, tags and tool names, best first; without a search the popular ones first. The facets
 * count with all filters but their own, so that each number is what its click would show.
 * @throws AppError `unauthorized`, `invalid`, `not_found` (workspace)
 */
export async function listListings(ctx: Ctx, input: ListListingsInput): Promise<ListingPage> {
  requireUser(ctx);
  const filters = parse(ListListingsInput, input);
  const installed = filters.workspace ? await readInstalled(await workspaceCtx(ctx, filters.workspace)) : [];
  const found = filters.q.trim() ? searchListings(ctx.listings, filters.q) : inOrder(ctx.listings);
  const tests = toTests(filters, installed);
  const fits = (listing: Listing, but?: keyof Tests) =>
    Object.entries(tests).every(([name, test]) => name === but || test(listing));
  return {
    listings: found.filter((listing) => fits(listing)).map((listing) => toListingView(listing, installed)),
    facets: countFacets(found, fits, installed),
    total: ctx.listings.length,
  };
}

/** The operator's own, then popular ones by how little they ask for, then all others; each by name. */
function inOrder(listings: readonly Listing[]): Listing[] {
  return listings.toSorted((a, b) => rankOf(a) - rankOf(b) || a.name.localeCompare(b.name, "en"));
}

function rankOf({ own, popular, auth }: Listing): number {
  if (own) return 0;
  if (!popular) return 5;
  if (auth.kind === "none") return auth.secrets.length === 0 ? 1 : 2;
  return auth.kind === "secret" ? 3 : 4;
}

const toTests = (filters: ListingFilters, installed: Installed[]): Tests => ({
  category: ({ category }) => !filters.category?.length || filters.category.includes(category),
  needs: (listing) => !filters.needs?.length || filters.needs.includes(needsOf(listing)),
  official: ({ official }) => !filters.official || official,
  readOnly: (listing) => !filters.readOnly || hasReadOnly(listing),
  installed: (listing) => !filters.installed || isInstalled(listing, installed),
});

function countFacets(
  found: Listing[],
  fits: (listing: Listing, but: keyof Tests) => boolean,
  installed: Installed[],
): ListingFacets {
  const count = (facet: keyof Tests, is: (listing: Listing) => boolean) =>
    found.filter((listing) => is(listing) && fits(listing, facet)).length;
  return {
    category: Object.entries(CATEGORIES)
      .map(([key, label]) => ({ key, label, count: count("category", ({ category }) => category === key) }))
      .filter(({ key, count: total }) => key !== "internal" || total > 0),
    needs: NEEDS.map((key) => ({
      key,
      label: NEEDS_LABEL[key],
      count: count("needs", (listing) => needsOf(listing) === key),
    })),
    official: count("official", ({ official }) => official),
    readOnly: count("readOnly", hasReadOnly),
    installed: count("installed", (listing) => isInstalled(listing, installed)),
  };
}
