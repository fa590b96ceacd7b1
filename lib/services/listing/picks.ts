import type { WorkspaceCtx } from "@/lib/services/context";
import { listListings } from "./list";
import type { ListingView } from "./view";

const SHOWN = 6;

/** A few listings to start with: what works without a key, the popular ones first. */
export async function hubPicks(ctx: WorkspaceCtx): Promise<{ listings: ListingView[]; total: number }> {
  const { listings, total } = await listListings(ctx, { workspace: ctx.workspace.slug, needs: "nothing" });
  return { listings: listings.slice(0, SHOWN), total };
}
