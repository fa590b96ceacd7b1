import type { UpstreamTransport } from "@/lib/mcp/transport";

const TIME_MS = 10_000;
/** A client's document may have 5 KB, which oidc-provider counts; this bounds whatever else it may fetch. */
const MAX_BYTES = 64 << 10;

/**
 * `fetch` for a client's metadata document, over the transport that also guards upstreams: no private address unless the
 * operator allows it, checked again at connect; no redirect; https only. The URL comes from anybody at all.
 */
export function guardedFetch(transport: UpstreamTransport): (url: string | URL) => Promise<Response> {
  return async (url) => {
    if (!/^https:/i.test(String(url))) throw new Error("only https is fetched");
    const answer = await transport({
      method: "GET",
      url: String(url),
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(TIME_MS),
    });
    if (answer.status !== 200) {
      answer.discard();
      return new Response(null, { status: answer.status >= 200 && answer.status < 600 ? answer.status : 502 });
    }
    const headers = new Headers();
    for (const name of ["cache-control", "expires", "content-type"]) {
      const value = answer.header(name);
      if (value !== null) headers.set(name, value);
    }
    return new Response(await answer.text(MAX_BYTES), { headers });
  };
}
