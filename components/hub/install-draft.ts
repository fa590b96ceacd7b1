import type { InstallListingInput } from "@/lib/services/listing/schemas";
import type { ListingDetail } from "@/lib/services/listing/view";

/** What an admin has put in so far. */
export interface InstallDraft {
  endpoint: string;
  slug: string;
  name: string;
  secrets: Record<string, string>;
  settings: Record<string, string>;
  readOnly: boolean;
}

export const emptyDraft = (listing: ListingDetail): InstallDraft => ({
  endpoint: listing.endpoints[0]?.label ?? "",
  slug: listing.suggestedSlug,
  name: listing.name,
  secrets: {},
  settings: {},
  readOnly: false,
});

/** The address chosen. */
export const endpointOf = (listing: ListingDetail, draft: InstallDraft) =>
  listing.endpoints.find(({ label }) => label === draft.endpoint) ?? listing.endpoints[0];

/** Names of the settings that the chosen address and the headers ask for. */
export const settingsOf = (listing: ListingDetail, draft: InstallDraft): string[] => [
  ...(endpointOf(listing, draft)?.settings ?? []),
  ...listing.headers.flatMap(({ settings }) => settings),
];

/** As the verb takes it: empty secrets were not given, and settings of another address stay out. */
export function toInstallInput(listing: ListingDetail, draft: InstallDraft, force: boolean): InstallListingInput {
  const wanted = settingsOf(listing, draft);
  const given = (values: Record<string, string>) => Object.entries(values).filter(([, value]) => value !== "");
  return {
    listing: listing.slug,
    endpoint: draft.endpoint,
    slug: draft.slug,
    name: draft.name.trim() || listing.name,
    secrets: Object.fromEntries(given(draft.secrets)),
    settings: Object.fromEntries(given(draft.settings).filter(([name]) => wanted.includes(name))),
    readOnly: draft.readOnly,
    force,
  };
}

/** Whether it installs by one click: nothing has to be typed. */
export const isOneClick = (listing: ListingDetail): boolean =>
  listing.needs === "nothing" && settingsOf(listing, emptyDraft(listing)).length === 0;
