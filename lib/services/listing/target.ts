import type { HeaderTemplate } from "@/db/schema/servers";
import { AppError } from "@/lib/errors";
import { checkSetting, fillHeader, fillUrl, settingNames, withoutSettings } from "@/lib/hub/fill";
import type { Listing, ListingEndpoint } from "@/lib/hub/listing";
import { secretNames } from "@/lib/mcp/header-template";

/** What an install asks for, checked by shape. */
interface Wanted {
  endpoint?: string;
  secrets: Record<string, string>;
  settings: Record<string, string>;
}

/** What a new server will be: where it is and what it is sent. */
export interface InstallTarget {
  endpoint: ListingEndpoint;
  url: string;
  headers: HeaderTemplate[];
}

const invalid = (message: string, field: string) => new AppError("invalid", message, { field });

/**
 * Turns a listing and what an admin gave into an address and header templates. A header whose optional secret was not
 * given is left out.
 * @throws AppError `invalid` with the field at fault: `listing`, `endpoint`, `secrets.NAME`, `settings.name`
 */
export function toTarget(listing: Listing, wanted: Wanted): InstallTarget {
  if (listing.auth.kind === "oauth") throw invalid(sayOAuth(listing), "listing");
  const endpoint = wanted.endpoint
    ? listing.endpoints.find(({ label }) => label === wanted.endpoint)
    : listing.endpoints[0];
  if (!endpoint) throw invalid("This listing has no such endpoint.", "endpoint");
  checkSecrets(listing, wanted.secrets);
  const templates = listing.auth.headers.filter(({ template }) =>
    secretNames(withoutSettings(template)).every((name) => Object.hasOwn(wanted.secrets, name)),
  );
  const used = [endpoint.url, ...templates.map(({ template }) => template)].flatMap(settingNames);
  const settings = checkSettings(listing, wanted.settings, used);
  return {
    endpoint,
    url: fillUrl(endpoint.url, settings),
    headers: templates.map(({ name, template }) => ({ name, template: fillHeader(template, settings) })),
  };
}

function checkSecrets({ auth }: Listing, given: Record<string, string>): void {
  for (const name of Object.keys(given))
    if (!auth.secrets.some((secret) => secret.name === name))
      throw invalid("This listing takes no such secret.", `secrets.${name}`);
  for (const { name, optional } of auth.secrets)
    if (!optional && !Object.hasOwn(given, name)) throw invalid("Paste a value here.", `secrets.${name}`);
}

/** Only the settings that this address and these headers use; others are refused, so that a slip is seen. */
function checkSettings({ auth }: Listing, given: Record<string, string>, used: string[]): Record<string, string> {
  for (const name of Object.keys(given))
    if (!used.includes(name)) throw invalid("This endpoint takes no such setting.", `settings.${name}`);
  const values: Record<string, string> = {};
  for (const { name, kind } of auth.settings) {
    if (!used.includes(name)) continue;
    const value = Object.hasOwn(given, name) ? (given[name] ?? "").trim() : "";
    const fault = value === "" ? "A value is needed." : checkSetting(kind, value);
    if (fault) throw invalid(fault, `settings.${name}`);
    values[name] = value;
  }
  return values;
}

function sayOAuth({ name, auth }: Listing): string {
  const app = auth.oauth?.registration === "pre-registered" ? ", with an app made at the vendor first" : "";
  return `${name} wants a sign-in by OAuth${app}. That cannot be set up here yet: a listing that takes a key can.`;
}
