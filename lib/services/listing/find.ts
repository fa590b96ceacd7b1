import { AppError } from "@/lib/errors";
import type { Listing } from "@/lib/hub/listing";
import type { Ctx } from "@/lib/services/context";

/** A listing by its slug. @throws AppError `not_found` */
export function findListing(ctx: Ctx, slug: string): Listing {
  const listing = ctx.listings.find((one) => one.slug === slug);
  if (!listing) throw new AppError("not_found", "There is no such listing in the Hub.");
  return listing;
}
