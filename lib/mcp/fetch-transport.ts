import type { UrlPolicy } from "./allow-private";
import { UpstreamError, type UpstreamResponse, type UpstreamTransport } from "./transport";
import { checkUrl } from "./url-policy";

/**
 * The transport of runtimes without sockets: the platform's `fetch`. It checks URLs only; which addresses a name has
 * is not visible here, so the network around such a runtime must keep private ranges out.
 */
export function createFetchTransport(policy: () => UrlPolicy): UpstreamTransport {
  return async ({ method, url, headers, body, signal }) => {
    const verdict = checkUrl(url, policy());
    if (!verdict.ok) throw new UpstreamError("refused_address", verdict.reason);
    let response: Response;
    try {
      response = await fetch(verdict.url, { method, headers, body, signal, redirect: "manual", cache: "no-store" });
    } catch (cause) {
      throw signal?.aborted
        ? new UpstreamError("aborted", "The request was cancelled", undefined, { cause })
        : new UpstreamError("unreachable", "The server cannot be reached", undefined, { cause });
    }
    return wrapFetched(response);
  };
}

/** A `fetch` answer behind the transport port. */
export function wrapFetched(response: Response): UpstreamResponse {
  const discard = () => void response.body?.cancel().catch(() => undefined);
  return {
    // A browser-like runtime hides a redirect behind status 0.
    status: response.type === "opaqueredirect" ? 302 : response.status,
    header: (name) => response.headers.get(name),
    text: (maxBytes) => readText(response, maxBytes),
    stream: () => response.body ?? new Blob([]).stream(),
    discard,
  };
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let total = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    total += value.byteLength;
    if (total > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw new UpstreamError("too_large", "The server's answer is too large", response.status);
    }
    text += decoder.decode(value, { stream: true });
  }
}
