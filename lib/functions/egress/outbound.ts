import type { Readable } from "node:stream";
import { Agent, Pool } from "undici";
import { guardedConnect, type Resolver, systemResolver } from "@/lib/egress/guarded-connect";
import type { UrlPolicy } from "@/lib/mcp/allow-private";
import { UpstreamError } from "@/lib/mcp/transport";
import { checkUrl } from "@/lib/mcp/url-policy";
import { FUNCTION_LIMITS } from "../contract";
import type { Allowed } from "./apply-policy";

const KEEP_ALIVE_MS = 10_000;
const MAX_HEADER_BYTES = 32 << 10;

/** What an upstream answered, its body still compressed as it came. */
export interface OutboundAnswer {
  status: number;
  headers: [name: string, value: string][];
  body: Readable;
}

export interface OutboundOptions {
  /** The operator's allow list and this server's own addresses; read anew for each request and connection. */
  urls(): UrlPolicy;
  /** Origins that take a host's place after the policy has decided, by host: stand-ins of an API in tests. */
  standIns?: Record<string, string>;
  resolve?: Resolver;
}

/** Sends what the policy allowed. */
export interface Outbound {
  /** @throws UpstreamError `refused_address` where the address is not allowed, and whatever the connection fails with */
  send(allowed: Allowed, method: string, body: Readable | string | null, signal: AbortSignal): Promise<OutboundAnswer>;
  close(): Promise<void>;
}

/**
 * Outbound connections of functions: pools by origin, every address checked at connect, no redirect followed. Private
 * addresses open only where the operator's list and the function's manifest both say so.
 */
export function createOutbound({ urls, standIns = {}, resolve = systemResolver }: OutboundOptions): Outbound {
  const agentWith = (policy: () => UrlPolicy) =>
    new Agent({
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: FUNCTION_LIMITS.egressMs,
      bodyTimeout: FUNCTION_LIMITS.egressMs,
      factory: (origin, options) =>
        new Pool(origin, { ...options, connect: guardedConnect(new URL(origin), policy, resolve) }),
    });
  const closed = (): UrlPolicy => ({ allowPrivate: [], ownHosts: urls().ownHosts });
  const agents = { public: agentWith(closed), private: agentWith(urls), standIn: new Agent() };

  async function send(allowed: Allowed, method: string, body: Readable | string | null, signal: AbortSignal) {
    const { url, rule, headers } = allowed;
    const standIn = standIns[url.hostname];
    if (standIn === undefined) checkOrigin(url, rule.private === true ? urls() : closed());
    const {
      statusCode,
      headers: given,
      body: answer,
    } = await agents[standIn ? "standIn" : rule.private === true ? "private" : "public"].request({
      origin: standIn ?? url.origin,
      path: url.pathname + url.search,
      method: method as "GET",
      headers: [...headers, ["host", url.host]].flat(),
      body,
      signal,
    });
    answer.on("error", () => undefined); // an unread body that fails must not end the process
    const pairs = Object.entries(given).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    );
    return { status: statusCode, headers: pairs, body: answer as Readable };
  }

  const close = async () => {
    await Promise.all(Object.values(agents).map((agent) => agent.destroy()));
  };
  return { send, close };
}

/** Refuses addresses spelled in the URL, names of the inner network and this server itself. Plain http is the manifest's matter. */
function checkOrigin(url: URL, policy: UrlPolicy): void {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const verdict = checkUrl(`https://${url.hostname}:${port}/`, policy);
  if (!verdict.ok) throw new UpstreamError("refused_address", verdict.reason);
}
