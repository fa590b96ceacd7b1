import type { Ctx } from "@/lib/services/context";

/** The brand mark of the Hub listing that a server came from; null where there is none. */
export const iconOf = (ctx: Pick<Ctx, "listings">, listing: string | null): string | null =>
  listing === null ? null : (ctx.listings.find(({ slug }) => slug === listing)?.icon ?? null);
