import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { BrandIcon } from "@/components/ui/brand-icon";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { ListingView } from "@/lib/services/listing/view";
import { DoubtBadge, InstalledBadge, NeedsBadge, OfficialMark, ReadOnlyBadge } from "./listing-badges";

/** One listing in a grid; the whole card leads to it. */
export function ListingCard({ slug, listing }: { slug: string; listing: ListingView }) {
  const { name, vendor, description, icon, official, own, verified, readOnly, toolCount, status, installed } = listing;
  return (
    <article className="group relative flex min-w-0 flex-col gap-3 rounded-xl border bg-surface p-4 shadow-card transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2 hover:border-line-strong">
      <div className="flex items-start gap-3">
        <BrandIcon icon={icon} name={name} className="size-10 rounded-xl text-xs" />
        <div className="grid min-w-0 flex-1 gap-px">
          <h3 className="flex min-w-0 items-center gap-1.5 font-semibold text-[0.9375rem] leading-5">
            <Link
              href={paths.listing(slug, listing.slug)}
              data-listing={listing.slug}
              className="truncate outline-none after:absolute after:inset-0 after:rounded-xl"
            >
              {name}
            </Link>
            {official && !own && <OfficialMark />}
          </h3>
          <p className="truncate text-faint text-xs leading-5">
            {vendor}
            {toolCount !== null && ` · ${plural(toolCount, "known tool")}`}
          </p>
        </div>
        {own && <Badge tone="accent">Yours</Badge>}
      </div>
      <p className="line-clamp-2 sm:min-h-10 text-pretty text-soft text-sm leading-5">{description}</p>
      <div className="mt-auto flex flex-wrap gap-1.5">
        {installed.length > 0 ? <InstalledBadge count={installed.length} /> : <NeedsBadge listing={listing} />}
        {readOnly && <ReadOnlyBadge />}
        {status !== "ga" && <Badge>{status}</Badge>}
        {!verified && <DoubtBadge />}
      </div>
    </article>
  );
}
