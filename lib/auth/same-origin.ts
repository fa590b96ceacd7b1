/**
 * True when a request that carries the session cookie was made by our own pages. Browsers send Sec-Fetch-Site on
 * every request and Origin on every one that may change something; a page of another site can forge neither.
 * @param publicOrigin origin that the operator configured, accepted beside the Host the request came by
 */
export function isSameOrigin(request: Request, publicOrigin: string | null): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.get("origin");
  if (origin === null) return site !== null || request.method === "GET" || request.method === "HEAD";
  if (origin === publicOrigin) return true;
  const host = request.headers.get("host");
  return host !== null && URL.canParse(origin) && new URL(origin).host === host;
}
