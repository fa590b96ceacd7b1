/** Where a client is sent back to; the consent page warns of all but the first. `app`: a private-use scheme such as `cursor://`. */
export type RedirectKind = "web" | "loopback" | "app";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const MAX_LENGTH = 2_048;
/** Schemes that run, read or open something instead of handing the answer to an installed program. */
const FORBIDDEN =
  /^(?:about|blob|chrome|chrome-extension|data|edge|facetime|file|filesystem|ftp|intent|jar|javascript|ldaps?|mailto|ms-.+|res|search|search-ms|shell|sms|ssh|tel|telnet|vbscript|view-source|wss?|wyciwyg):$/;

/**
 * What kind of redirect address this is, or null where it must not be one. https; http on loopback only, on any port
 * (RFC 8252, section 7.3); private-use schemes (section 7.1). No user name, no fragment, printable ASCII.
 */
export function redirectKind(uri: string): RedirectKind | null {
  if (uri.length > MAX_LENGTH || !/^[\x21-\x7e]+$/.test(uri) || uri.includes("#") || !URL.canParse(uri)) return null;
  const url = new URL(uri);
  if (url.username !== "" || url.password !== "") return null;
  const loopback = LOOPBACK.has(url.hostname);
  if (url.protocol === "https:") return loopback ? null : "web";
  if (url.protocol === "http:") return loopback ? "loopback" : null;
  return FORBIDDEN.test(url.protocol) ? null : "app";
}

/** What a person should look at: the host, or the scheme of an installed program. */
export function redirectHost(uri: string): string {
  const url = new URL(uri);
  return redirectKind(uri) === "app" ? url.protocol + (url.host ? `//${url.host}` : "") : url.host;
}
