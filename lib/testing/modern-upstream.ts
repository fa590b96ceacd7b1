import { wrapFetched } from "@/lib/mcp/fetch-transport";
import { MODERN_VERSION } from "@/lib/mcp/protocol";
import type { UpstreamRequest, UpstreamTransport } from "@/lib/mcp/transport";

/** What a modern server in memory gets. */
export interface ModernMessage {
  id: number;
  method: string;
  params: Record<string, unknown> & { _meta: Record<string, unknown> };
}

/** An error instead of a result. */
export class RpcFailure {
  constructor(
    readonly error: { code: number; message: string; data?: unknown },
    readonly status = 200,
  ) {}
}

/** A server of 2026-07-28 in memory: answers `server/discover` itself, everything else by `answer` (a result, or raw JSON of one). */
export function modernUpstream(
  answer: (message: ModernMessage) => unknown,
  capabilities: Record<string, unknown> = { tools: {} },
): { transport: UpstreamTransport; requests: (UpstreamRequest & { message: ModernMessage })[] } {
  const requests: (UpstreamRequest & { message: ModernMessage })[] = [];
  const transport: UpstreamTransport = async (request) => {
    if (request.method !== "POST") return wrapFetched(new Response(null, { status: 405 }));
    const message = JSON.parse(request.body ?? "null") as ModernMessage;
    if (message.method !== "server/discover") requests.push({ ...request, message });
    const result =
      message.method === "server/discover"
        ? { resultType: "complete", supportedVersions: [MODERN_VERSION], capabilities, ttlMs: 0, cacheScope: "private" }
        : await answer(message);
    const head = `{"jsonrpc":"2.0","id":${message.id},`;
    const headers = { "content-type": "application/json" };
    if (result instanceof RpcFailure)
      return wrapFetched(
        new Response(`${head}"error":${JSON.stringify(result.error)}}`, { status: result.status, headers }),
      );
    const text = typeof result === "string" ? result : JSON.stringify(result);
    return wrapFetched(new Response(`${head}"result":${text}}`, { headers }));
  };
  return { transport, requests };
}
