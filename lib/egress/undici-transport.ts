import { Agent, Pool } from "undici";
import type { UrlPolicy } from "@/lib/mcp/allow-private";
import { UpstreamError, type UpstreamTransport } from "@/lib/mcp/transport";
import { checkUrl, type UrlVerdict } from "@/lib/mcp/url-policy";
import { guardedConnect, type Resolver, systemResolver } from "./guarded-connect";
import { wrapResponse } from "./response";

const KEEP_ALIVE_MS = 10_000; // an idle connection's life where the server names none
const MAX_HEADER_BYTES = 32 << 10;
const MAX_REMEMBERED = 1_000;

/**
 * The transport of the direct lane: undici at its cheapest level, keep-alive pools by origin, every connection checked
 * by `guardedConnect`. It follows no redirect and waits for whatever the caller's signal allows.
 * @param policy lists are compared by identity: give new arrays, never changed ones; read anew for each request and each connection, so that a changed setting counts at once
 * @param resolve for tests; the system's by default
 */
export function createUndiciTransport(
  policy: () => UrlPolicy,
  resolve: Resolver = systemResolver,
): UpstreamTransport & { close(): Promise<void> } {
  const check = rememberingCheck();
  const agent = new Agent({
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 0, // the caller's signal bounds the time, also of long streams
    bodyTimeout: 0,
    factory: (origin, options) =>
      new Pool(origin, { ...options, connect: guardedConnect(new URL(origin), policy, resolve) }),
  });
  const transport: UpstreamTransport = async ({ method, url, headers, body, signal }) => {
    const verdict = check(url, policy());
    if (!verdict.ok) throw new UpstreamError("refused_address", verdict.reason);
    const { origin, pathname, search } = verdict.url;
    const failure = (error: unknown) => toFailure(error, signal);
    try {
      const response = await agent.request({
        origin,
        path: pathname + search,
        method,
        headers: { ...headers, "accept-encoding": "identity" },
        body: body ?? null,
        signal,
      });
      return wrapResponse(response, failure);
    } catch (error) {
      throw failure(error);
    }
  };
  return Object.assign(transport, { close: () => agent.destroy() });
}

/** `checkUrl`, which takes longer than all else here, once for each URL and policy. */
function rememberingCheck(): typeof checkUrl {
  const verdicts = new Map<string, UrlVerdict>();
  let last: UrlPolicy | null = null;
  return (url, policy) => {
    if (
      policy.allowPrivate !== last?.allowPrivate ||
      policy.ownHosts !== last.ownHosts ||
      verdicts.size >= MAX_REMEMBERED
    )
      verdicts.clear();
    last = policy;
    const verdict = verdicts.get(url) ?? checkUrl(url, policy);
    verdicts.set(url, verdict);
    return verdict;
  };
}

function toFailure(error: unknown, signal: AbortSignal | undefined): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const options = { cause: error };
  if (signal?.aborted) return new UpstreamError("aborted", "The request was cancelled", undefined, options);
  const code = String((error as { code?: unknown } | null)?.code ?? "");
  if (code === "UND_ERR_CONNECT_TIMEOUT")
    return new UpstreamError("unreachable", "The server takes no connection", undefined, options);
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/.test(code))
    return new UpstreamError("unreachable", "The server's certificate is not valid", undefined, options);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return new UpstreamError("unreachable", "The server's host name has no address", undefined, options);
  return new UpstreamError("unreachable", "The server cannot be reached", undefined, options);
}
