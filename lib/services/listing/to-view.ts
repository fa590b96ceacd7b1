import { CATEGORIES } from "@/lib/hub/categories";
import { settingNames, withoutSettings } from "@/lib/hub/fill";
import type { Listing } from "@/lib/hub/listing";
import { secretNames } from "@/lib/mcp/header-template";
import type { Needs } from "./schemas";
import type { ListingDetail, ListingView } from "./view";

/** A server of the workspace that came from a listing. */
export interface Installed {
  listing: string;
  slug: string;
  name: string;
}

export const needsOf = ({ auth }: Listing): Needs => (auth.kind === "none" ? "nothing" : auth.kind);
export const isInstalled = ({ slug }: Listing, installed: Installed[]): boolean =>
  installed.some(({ listing }) => listing === slug);
export const hasReadOnly = ({ endpoints }: Listing): boolean => endpoints.some(({ readOnly }) => readOnly);

/** A listing as cards show it. */
export function toListingView(listing: Listing, installed: Installed[]): ListingView {
  const { slug, name, vendor, description, category, icon, auth, tools, official, own, popular, status } = listing;
  return {
    slug,
    name,
    vendor,
    description,
    category: { key: category, label: CATEGORIES[category] },
    icon,
    needs: needsOf(listing),
    secretCount: auth.secrets.filter((secret) => !secret.optional).length,
    toolCount: tools.length > 0 ? tools.length : null,
    official,
    own,
    popular,
    readOnly: hasReadOnly(listing),
    verified: listing.verified.level !== "unverified",
    status,
    installed: installed
      .filter((server) => server.listing === slug)
      .map((server) => ({ slug: server.slug, name: server.name })),
  };
}

/** Everything about a listing, with what is sent where. */
export function toListingDetail(listing: Listing, installed: Installed[], suggestedSlug: string): ListingDetail {
  const { endpoints, auth, tools, tags, docsUrl, repoUrl, verified } = listing;
  return {
    ...toListingView(listing, installed),
    endpoints: endpoints.map((endpoint) => ({
      ...endpoint,
      host: new URL(endpoint.url).host,
      settings: settingNames(endpoint.url),
    })),
    headers: auth.headers.map(({ name, template }) => ({
      name,
      template,
      secrets: secretNames(withoutSettings(template)),
      settings: settingNames(template),
    })),
    secrets: auth.secrets,
    settings: auth.settings,
    oauth: auth.oauth,
    tools,
    tags,
    docsUrl,
    repoUrl,
    source: verified,
    suggestedSlug,
  };
}
