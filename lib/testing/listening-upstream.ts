import { encodeEvent } from "@/lib/mcp/sse";
import type { UpstreamRequest, UpstreamResponse, UpstreamTransport } from "@/lib/mcp/transport";
import { toolJson } from "./gateway-world";

/** A server of 2025-11-25 in memory that tells of changes on its standalone stream. */
export interface ListeningUpstream {
  transport: UpstreamTransport;
  /** Names of its tools; change them, then `tell`. */
  tools: string[];
  prompts: string[];
  /** URIs that somebody subscribed to. */
  subscribed: Set<string>;
  /** Standalone streams that are open. */
  streams: Set<(message: object) => void>;
  /** Sends a notification or request to everybody who listens. */
  tell(method: string, params?: object, id?: string): void;
  /** Answers to requests of its own. */
  answers: { id: string; result?: unknown }[];
}

const CAPABILITIES = {
  tools: { listChanged: true },
  prompts: { listChanged: true },
  resources: { subscribe: true, listChanged: true },
};

interface Rpc {
  id?: number | string;
  method?: string;
  params?: { uri?: string };
  result?: unknown;
}

export function listeningUpstream(): ListeningUpstream {
  const up: ListeningUpstream = {
    transport: async (request) => (request.method === "POST" ? post(request) : listen(request)),
    tools: ["echo"],
    prompts: [],
    subscribed: new Set(),
    streams: new Set(),
    tell(method, params, id) {
      for (const send of up.streams) send({ jsonrpc: "2.0", ...(id !== undefined && { id }), method, params });
    },
    answers: [],
  };

  function post(request: UpstreamRequest): UpstreamResponse {
    const message = JSON.parse(request.body ?? "null") as Rpc;
    if (message.method === undefined) up.answers.push({ id: String(message.id), result: message.result });
    if (message.id === undefined || message.method === undefined) return reply(202, "");
    const result = resultOf(message);
    const session: Record<string, string> =
      message.method === "initialize" ? { "mcp-session-id": crypto.randomUUID() } : {};
    return result
      ? reply(200, JSON.stringify({ jsonrpc: "2.0", id: message.id, result }), session)
      : reply(200, JSON.stringify({ jsonrpc: "2.0", id: message.id, error: { code: -32601, message: "no" } }));
  }

  function resultOf({ method, params }: Rpc): object | null {
    if (method === "initialize")
      return { protocolVersion: "2025-11-25", capabilities: CAPABILITIES, serverInfo: { name: "up", version: "1" } };
    if (method === "tools/list") return { tools: up.tools.map((name) => JSON.parse(toolJson(name))) };
    if (method === "prompts/list") return { prompts: up.prompts.map((name) => ({ name })) };
    if (method === "resources/list") return { resources: [{ uri: "file:///readme", name: "readme" }] };
    if (method === "resources/templates/list") return { resourceTemplates: [] };
    if (method === "tools/call") return { content: [] };
    if (method === "resources/subscribe") up.subscribed.add(params?.uri ?? "");
    return method === "resources/subscribe" || method === "resources/unsubscribe" ? {} : null;
  }

  function listen(request: UpstreamRequest): UpstreamResponse {
    if (request.method === "DELETE") return reply(204, "");
    const encoder = new TextEncoder();
    let send: (message: object) => void = () => undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        send = (message) =>
          controller.enqueue(encoder.encode(encodeEvent({ event: "message", data: JSON.stringify(message) })));
        up.streams.add(send);
        request.signal?.addEventListener("abort", () => {
          up.streams.delete(send);
          try {
            controller.error(new Error("aborted"));
          } catch {
            // It had ended already.
          }
        });
      },
      cancel: () => void up.streams.delete(send),
    });
    return reply(200, "", { "content-type": "text/event-stream" }, body);
  }
  return up;
}

function reply(
  status: number,
  text: string,
  headers: Record<string, string> = {},
  body: ReadableStream<Uint8Array> | null = null,
): UpstreamResponse {
  const all: Record<string, string> = { "content-type": "application/json", ...headers };
  return {
    status,
    header: (name) => all[name.toLowerCase()] ?? null,
    text: async () => text,
    stream: () => body ?? (new Response(text).body as ReadableStream<Uint8Array>),
    discard: () => undefined,
  };
}
