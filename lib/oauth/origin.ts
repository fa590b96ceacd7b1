/** What an origin is read from. */
interface Facts {
  /** As the operator set it; null: whatever the request came by. */
  publicUrl: string | null;
  /** How many proxies before us are believed. */
  trustProxy: number;
}

const LOOPBACK_NAME = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;
const IP_LITERAL = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i;

/**
 * The origin that issuer, endpoints and resources are named under: the configured one, else the request's own where it
 * came by a loopback name or an address. Null for other names, since whoever controls a name could have us sign for it.
 */
export function originOf(headers: Headers, { publicUrl, trustProxy }: Facts): string | null {
  if (publicUrl !== null) return publicUrl;
  const host = headers.get("host") ?? "";
  const name = host.replace(/:\d+$/, "").toLowerCase();
  if (!LOOPBACK_NAME.test(name) && !IP_LITERAL.test(name)) return null;
  const secure = trustProxy > 0 && headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
  const text = `${secure ? "https" : "http"}://${host}`;
  return URL.canParse(text) ? new URL(text).origin : null;
}
