import { and, eq, isNotNull } from "drizzle-orm";
import { servers } from "@/db/schema/servers";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { suggestSlug } from "@/lib/slug";
import type { Installed } from "./to-view";

const MAX_SLUG = 16;

/** What of the Hub this workspace has. */
export async function readInstalled(ctx: WorkspaceCtx): Promise<Installed[]> {
  const rows = await ctx.db
    .select({ listing: servers.listing, slug: servers.slug, name: servers.name })
    .from(servers)
    .where(and(eq(servers.workspaceId, ctx.workspace.id), isNotNull(servers.listing)))
    .orderBy(servers.slug);
  return rows.map(({ listing, ...server }) => ({ listing: listing ?? "", ...server }));
}

/** A slug for a new server that no other has: the wanted one, or with the first free number behind it. */
export async function freeSlug(db: Db, ctx: WorkspaceCtx, wanted: string): Promise<string> {
  const rows = await db.select({ slug: servers.slug }).from(servers).where(eq(servers.workspaceId, ctx.workspace.id));
  const taken = new Set(rows.map(({ slug }) => slug));
  for (let number = 1; ; number++) {
    const end = number === 1 ? "" : `-${number}`;
    const slug = suggestSlug(wanted, MAX_SLUG - end.length) + end;
    if (!taken.has(slug)) return slug;
  }
}

/** What a server from this listing is called unless somebody chooses. */
export const slugFor = (listing: { slug: string; serverSlug?: string }): string =>
  listing.serverSlug ?? suggestSlug(listing.slug, MAX_SLUG);
