import { type Ctx, requireUser, workspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findListing } from "./find";
import { freeSlug, readInstalled, slugFor } from "./installed";
import { GetListingInput } from "./schemas";
import { toListingDetail } from "./to-view";
import type { ListingDetail } from "./view";

/** One listing: what it is, what it is sent and how sure we are. @throws AppError `unauthorized`, `not_found` */
export async function getListing(ctx: Ctx, input: GetListingInput): Promise<ListingDetail> {
  requireUser(ctx);
  const { listing: slug, workspace } = parse(GetListingInput, input);
  const inside = workspace ? await workspaceCtx(ctx, workspace) : null;
  const listing = findListing(ctx, slug);
  if (!inside) return toListingDetail(listing, [], slugFor(listing));
  const installed = await readInstalled(inside);
  return toListingDetail(listing, installed, await freeSlug(ctx.db, inside, slugFor(listing)));
}
