import { VERSION } from "@/lib/version";
import type { UpstreamResponse, UpstreamTransport } from "./transport";
import { UpstreamError } from "./transport";
import type { UpstreamTarget } from "./upstream";

/** How to reach one upstream with its credentials. */
export interface Wire {
  transport: UpstreamTransport;
  target: UpstreamTarget;
}

/** The target's headers for one request, secrets filled in now, plus the protocol's own. */
export async function headersFor({ target }: Wire, own: Record<string, string>): Promise<Record<string, string>> {
  const theirs = typeof target.headers === "function" ? await target.headers() : target.headers;
  const headers: Record<string, string> = { ...theirs, ...own };
  for (const name in theirs) if (name.length === 10 && name.toLowerCase() === "user-agent") return headers;
  headers["user-agent"] = `aerostack/${VERSION}`;
  return headers;
}

/** The same wire with headers that were filled in already, for one request. */
export const withHeaders = (wire: Wire, headers: Record<string, string> | undefined): Wire =>
  headers ? { transport: wire.transport, target: { ...wire.target, headers } } : wire;

/** The media type of an answer, lower-case, without parameters. */
export const mediaType = (response: UpstreamResponse): string =>
  (response.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";

/** What an HTTP status other than 2xx means. The body must be dropped by whoever calls. */
export function statusError(status: number): UpstreamError {
  if (status >= 300 && status < 400)
    return new UpstreamError("redirect", "The server redirects elsewhere; enter the final URL instead", status);
  if (status === 401 || status === 403)
    return new UpstreamError("unauthorized", `The server refused the credentials (HTTP ${status})`, status);
  return new UpstreamError("status", `The server answered HTTP ${status}`, status);
}
