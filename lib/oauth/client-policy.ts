import { errors } from "oidc-provider";
import { redirectKind } from "./redirect-uri";

const MAX_REDIRECTS = 20;
const GRANT_TYPES = ["authorization_code", "refresh_token"];
/** Controls, and the invisible characters by which one name passes for another. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]+/gu;

/** A client's own name for itself, fit for a page and for the database; null where nothing is left of it. */
export function cleanName(name: unknown): string | null {
  if (typeof name !== "string") return null;
  const text = name.slice(0, 400).normalize("NFC").replace(UNSAFE, " ").replace(/\s+/g, " ").trim();
  return text === "" ? null : text.slice(0, 80).trim();
}

/**
 * What of a registration request (RFC 7591) is kept. The server may replace what a client asks for (section 3.2.1):
 * every client is public, because a secret would lie in our database and protect nothing beside PKCE. What we never
 * use (logos, contacts, keys, scopes) is not stored.
 */
export function registrationOf(body: unknown): Record<string, unknown> {
  const asked = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const { client_name, redirect_uris, grant_types } = asked;
  const name = cleanName(client_name);
  return {
    ...(name === null ? {} : { client_name: name }),
    redirect_uris: redirect_uris ?? [],
    ...(Array.isArray(grant_types)
      ? { grant_types: GRANT_TYPES.filter((type) => type === "authorization_code" || grant_types.includes(type)) }
      : {}),
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  };
}

/** Metadata of a client while oidc-provider reads it; changing it here changes the client. */
interface Metadata {
  redirect_uris?: unknown;
  application_type?: unknown;
  scope?: unknown;
  grant_types?: unknown;
}

/**
 * Our rules for every client, registered or described by a document of its own. `application_type` follows from the
 * redirect addresses instead of being asked for, so that loopback ports may differ for whom it is meant.
 * @throws InvalidClientMetadata, named `invalid_redirect_uri` where that is what is wrong (RFC 7591, section 3.2.2)
 */
export function applyClientPolicy(metadata: Metadata): void {
  const uris = metadata.redirect_uris;
  if (!Array.isArray(uris) || uris.length === 0)
    throw new errors.InvalidClientMetadata("redirect_uris must contain members");
  if (uris.length > MAX_REDIRECTS)
    throw new errors.InvalidClientMetadata(`redirect_uris may contain at most ${MAX_REDIRECTS} members`);
  const kinds = uris.map((uri) => (typeof uri === "string" ? redirectKind(uri) : null));
  if (kinds.includes(null))
    throw new errors.InvalidClientMetadata(
      "redirect_uris must be https, http on loopback, or a private-use scheme, without fragment or user name",
    );
  metadata.application_type = kinds.every((kind) => kind === "web") ? "web" : "native";
  delete metadata.scope; // there is one, and every client gets it
  if (Array.isArray(metadata.grant_types)) {
    const asked = metadata.grant_types;
    metadata.grant_types = GRANT_TYPES.filter((type) => type === "authorization_code" || asked.includes(type));
  }
}
