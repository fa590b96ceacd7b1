"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { FilterX, SlidersHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { countChoices, Facets } from "@/components/hub/facets";
import { HubSearch } from "@/components/hub/hub-search";
import { ListingGrid } from "@/components/hub/listing-grid";
import { NoMatch } from "@/components/hub/no-match";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ErrorCard } from "@/components/ui/error-card";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { ListingPage } from "@/lib/services/listing/view";
import { fetchListings, HubApiError } from "./hub-api";
import { type HubFilters, hubFilterParsers } from "./hub-filters";

interface BrowserProps {
  slug: string;
  canManage: boolean;
  /** What the page was asked for, and the answer: a page, or why the verb refused these filters. */
  initial: { filters: HubFilters; page: ListingPage | null; fault: string | null };
}

const NONE: HubFilters = { q: null, category: null, needs: null, official: null, readOnly: null, installed: null };
const PAUSE_MS = 150;
const FEATURED = 6;

/** The Hub: search, filters and cards. What is typed is asked of the API as it is typed. */
export function HubBrowser({ slug, canManage, initial }: BrowserProps) {
  const router = useRouter();
  const box = useRef<HTMLInputElement>(null);
  const [sheet, setSheet] = useState(false);
  const [filters, setFilters] = useQueryStates(hubFilterParsers);
  const asked = useSettled(filters);
  const first = same(asked, initial.filters);
  const {
    data: page,
    error,
    isFetching,
    refetch,
  } = useQuery({
    queryKey: ["hub", slug, asked],
    queryFn: ({ signal }) => fetchListings(slug, { ...asked }, signal),
    enabled: !(first && initial.fault),
    initialData: first && initial.page ? initial.page : undefined,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
  const fault =
    first && initial.fault ? initial.fault : error instanceof HubApiError && error.field ? error.message : null;
  const choices = countChoices(filters);
  const narrowed = choices > 0 || Boolean(filters.q?.trim());
  const clear = () => void setFilters(NONE);
  const facets = page && (
    <Facets facets={page.facets} values={filters} onChange={(change) => void setFilters(change)} />
  );
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <aside aria-label="Filters" className="hidden lg:block">
        <div className="sticky top-6 max-h-[calc(100dvh-3rem)] overflow-y-auto overscroll-contain px-2 pb-4">
          {facets}
        </div>
      </aside>
      <div className="grid min-w-0 content-start gap-5">
        <div className="grid gap-3">
          <HubSearch
            ref={box}
            value={filters.q ?? ""}
            searching={isFetching}
            onChange={(q) => void setFilters({ q: q || null })}
            onOpenFirst={() => page?.listings[0] && router.push(paths.listing(slug, page.listings[0].slug))}
            onLeave={() => document.querySelector<HTMLElement>("a[data-listing]")?.focus()}
          />
          <div className="flex min-h-8 flex-wrap items-center gap-2 text-faint text-sm">
            <Button variant="secondary" size="sm" className="lg:hidden" onClick={() => setSheet(true)}>
              <SlidersHorizontal aria-hidden /> Filters{choices > 0 && ` (${choices})`}
            </Button>
            <p aria-live="polite">{page && plural(page.listings.length, "server")}</p>
            {narrowed && (
              <Button variant="ghost" size="sm" onClick={clear}>
                <FilterX aria-hidden /> Clear
              </Button>
            )}
          </div>
        </div>
        {fault ? (
          <Callout
            tone="bad"
            title="These filters cannot be used"
            action={
              <Button variant="secondary" size="sm" onClick={clear}>
                Clear filters
              </Button>
            }
          >
            {fault}
          </Callout>
        ) : error ? (
          <ErrorCard
            title="The Hub could not be searched"
            requestId={error instanceof HubApiError ? error.requestId : undefined}
            onRetry={() => void refetch()}
            pending={isFetching}
          >
            {error.message}
          </ErrorCard>
        ) : (
          page && (
            <Results
              slug={slug}
              page={page}
              narrowed={narrowed}
              canManage={canManage}
              query={filters.q ?? ""}
              onClear={clear}
            />
          )
        )}
      </div>
      <Dialog open={sheet} onOpenChange={setSheet} title="Filters" kind="drawer">
        {facets}
        <DialogActions>
          {choices > 0 && (
            <Button variant="secondary" onClick={() => void setFilters({ ...NONE, q: filters.q })}>
              Clear
            </Button>
          )}
          <Button onClick={() => setSheet(false)}>Show {plural(page?.listings.length ?? 0, "server")}</Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}

interface ResultsProps {
  slug: string;
  page: ListingPage;
  narrowed: boolean;
  canManage: boolean;
  query: string;
  onClear(): void;
}

/** Without a search or filter, what works at once comes first under its own title. */
function Results({ slug, page, narrowed, canManage, query, onClear }: ResultsProps) {
  const { listings } = page;
  if (listings.length === 0) return <NoMatch slug={slug} query={query} canManage={canManage} onClear={onClear} />;
  if (narrowed) return <ListingGrid slug={slug} label="Servers found" listings={listings} />;
  const own = listings.filter((listing) => listing.own);
  const featured = listings
    .filter(({ own: yours, needs, popular }) => !yours && needs === "nothing" && popular)
    .slice(0, FEATURED);
  const rest = listings.filter((listing) => !listing.own && !featured.includes(listing));
  return (
    <>
      {own.length > 0 && (
        <Section title="Yours" note="Added by the operator of this installation.">
          <ListingGrid slug={slug} label="Yours" listings={own} />
        </Section>
      )}
      <Section title="Works right away" note="No key, no account: one click, and the tools are there.">
        <ListingGrid slug={slug} label="Works right away" listings={featured} />
      </Section>
      <Section title="All others">
        <ListingGrid slug={slug} label="All others" listings={rest} />
      </Section>
    </>
  );
}

function Section({ title, note, children }: { title: string; note?: string; children: React.ReactNode }) {
  return (
    <section className="grid gap-3">
      <div className="grid gap-0.5">
        <h2 className="font-semibold text-[0.9375rem]">{title}</h2>
        {note && <p className="text-faint text-sm">{note}</p>}
      </div>
      {children}
    </section>
  );
}

const same = (a: HubFilters, b: HubFilters) =>
  (Object.keys(NONE) as (keyof HubFilters)[]).every((name) => (a[name] || null) === (b[name] || null));

/** The filters once the typing pauses; a click on a filter counts at once. */
function useSettled(filters: HubFilters): HubFilters {
  const [q, setQ] = useState(filters.q);
  useEffect(() => {
    const timer = setTimeout(() => setQ(filters.q), filters.q ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [filters.q]);
  return { ...filters, q };
}
