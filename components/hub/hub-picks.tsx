import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { BrandIcon } from "@/components/ui/brand-icon";
import { paths } from "@/lib/paths";
import type { ListingView } from "@/lib/services/listing/view";
import { needsLabel } from "./needs";

/** A few listings to start with, where there is no server yet. */
export function HubPicks({ slug, listings, total }: { slug: string; listings: ListingView[]; total: number }) {
  return (
    <section aria-label="From the Hub" className="grid gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="font-semibold text-[0.9375rem]">From the Hub: these work without a key</h2>
        <Link
          href={paths.hub(slug)}
          className="inline-flex items-center gap-1.5 rounded-md text-accent-text text-sm hover:underline"
        >
          All {total} servers <ArrowRight aria-hidden className="size-3.5" />
        </Link>
      </div>
      <ul className="grid gap-2.5 sm:grid-cols-2 lg:grid-cols-3">
        {listings.map((listing) => (
          <li key={listing.slug} className="min-w-0">
            <Link
              href={paths.listing(slug, listing.slug)}
              className="flex items-center gap-3 rounded-xl border bg-surface p-3 shadow-card hover:border-line-strong"
            >
              <BrandIcon icon={listing.icon} name={listing.name} className="size-9" />
              <span className="grid min-w-0">
                <span className="truncate font-medium text-sm">{listing.name}</span>
                <span className="truncate text-faint text-xs">
                  {listing.installed.length > 0 ? "Installed" : needsLabel(listing)} · {listing.category.label}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
