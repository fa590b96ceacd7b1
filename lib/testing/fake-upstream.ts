import {
  UpstreamError,
  type UpstreamRequest,
  type UpstreamResponse,
  type UpstreamTransport,
} from "@/lib/mcp/transport";

/** What a fake upstream does with one JSON-RPC request; a string is a raw body, an object a result. */
export type Answer = (
  message: { method: string; params?: Record<string, unknown> },
  request: UpstreamRequest,
) => unknown;

/** An upstream of an older revision in memory, behind the transport port: answers `initialize` itself and everything else by `answer`. */
export function fakeUpstream(
  answer: Answer,
  capabilities: object = { tools: {} },
): { transport: UpstreamTransport; requests: UpstreamRequest[] } {
  const requests: UpstreamRequest[] = [];
  const transport: UpstreamTransport = async (request) => {
    requests.push(request);
    if (request.method !== "POST") return response(405, "");
    const message = JSON.parse(request.body ?? "null") as {
      id?: number;
      method: string;
      params?: Record<string, unknown>;
    };
    if (message.id === undefined) return response(202, "");
    if (message.method === "initialize") {
      const result = {
        protocolVersion: "2025-11-25",
        capabilities,
        serverInfo: { name: "fake", version: "1" },
      };
      return response(200, JSON.stringify({ jsonrpc: "2.0", id: message.id, result }), { "mcp-session-id": "up-1" });
    }
    if (message.method === "server/discover")
      return response(
        200,
        JSON.stringify({ jsonrpc: "2.0", id: message.id, error: { code: -32601, message: "Method not found" } }),
      );
    const result = await answer(message, request);
    if (request.signal?.aborted) throw new UpstreamError("aborted", "aborted");
    return typeof result === "string"
      ? response(200, result)
      : response(200, JSON.stringify({ jsonrpc: "2.0", id: message.id, result }));
  };
  return { transport, requests };
}

function response(status: number, body: string, headers: Record<string, string> = {}): UpstreamResponse {
  const all: Record<string, string> = { "content-type": "application/json", ...headers };
  return {
    status,
    header: (name) => all[name.toLowerCase()] ?? null,
    text: async () => body,
    stream: () => new Response(body).body as ReadableStream<Uint8Array>,
    discard: () => undefined,
  };
}
