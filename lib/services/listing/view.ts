import { z } from "zod";
import { CATEGORY_NAMES } from "@/lib/hub/categories";
import { VERIFIED_LEVELS } from "@/lib/hub/listing";
import { ProbeView, ServerView } from "@/lib/services/server/view";
import { NEEDS } from "./schemas";

/** A listing as cards show it. */
export const ListingView = z.object({
  slug: z.string(),
  name: z.string(),
  vendor: z.string(),
  description: z.string(),
  category: z.object({ key: z.enum(CATEGORY_NAMES), label: z.string() }),
  /** Name of one of our own brand marks. */
  icon: z.string().nullable(),
  needs: z.enum(NEEDS),
  /** How many secrets must be pasted. */
  secretCount: z.number().int(),
  /** Null where no tool is known before it is asked. */
  toolCount: z.number().int().nullable(),
  official: z.boolean(),
  /** The operator of this installation added it. */
  own: z.boolean(),
  popular: z.boolean(),
  /** It has an address that only reads. */
  readOnly: z.boolean(),
  /** False: nobody confirmed address and credential. */
  verified: z.boolean(),
  status: z.enum(["ga", "beta", "preview", "experimental"]),
  /** Servers of the workspace that came from it. */
  installed: z.array(z.object({ slug: z.string(), name: z.string() })),
});
export type ListingView = z.infer<typeof ListingView>;

const Count = z.object({ key: z.string(), label: z.string(), count: z.number().int() });

/** How many listings each filter would leave, with all other filters as they are. */
export const ListingFacets = z.object({
  category: z.array(Count),
  needs: z.array(Count),
  official: z.number().int(),
  readOnly: z.number().int(),
  installed: z.number().int(),
});
export type ListingFacets = z.infer<typeof ListingFacets>;

export const ListingPage = z.object({
  listings: z.array(ListingView),
  facets: ListingFacets,
  /** Without any filter. */
  total: z.number().int(),
});
export type ListingPage = z.infer<typeof ListingPage>;

/** Everything about one listing. */
export const ListingDetail = ListingView.extend({
  endpoints: z.array(
    z.object({
      label: z.string(),
      url: z.string(),
      /** The only host that it reaches, and that its secrets go to. */
      host: z.string(),
      transport: z.enum(["streamable-http", "sse"]),
      readOnly: z.boolean(),
      /** Names of the settings that this address needs. */
      settings: z.array(z.string()),
    }),
  ),
  headers: z.array(
    z.object({ name: z.string(), template: z.string(), secrets: z.array(z.string()), settings: z.array(z.string()) }),
  ),
  secrets: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      howTo: z.string(),
      docsUrl: z.string().nullable(),
      optional: z.boolean(),
    }),
  ),
  settings: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      hint: z.string(),
      kind: z.enum(["id", "url"]),
      example: z.string(),
    }),
  ),
  oauth: z
    .object({ registration: z.enum(["dcr", "pre-registered", "unknown"]), issuer: z.string().nullable() })
    .nullable(),
  tools: z.array(z.string()),
  tags: z.array(z.string()),
  docsUrl: z.string().nullable(),
  repoUrl: z.string().nullable(),
  source: z.object({ level: z.enum(VERIFIED_LEVELS), asOf: z.string().nullable(), note: z.string().nullable() }),
  /** A slug that is free in the workspace. */
  suggestedSlug: z.string(),
});
export type ListingDetail = z.infer<typeof ListingDetail>;

/** What an install led to. */
export const ListingInstalled = z.object({
  server: ServerView,
  probe: ProbeView,
  /** Tools that start switched off, because the install was to be read-only. */
  switchedOff: z.array(z.string()),
});
export type ListingInstalled = z.infer<typeof ListingInstalled>;
