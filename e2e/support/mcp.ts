import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { ClientCapabilities } from "@modelcontextprotocol/sdk/types.js";

export type ClientTransport = "http" | "sse";

/** A connected client of the official SDK; the caller closes it. */
export async function connect(
  url: string,
  token: string,
  transport: ClientTransport,
  capabilities: ClientCapabilities = {},
): Promise<Client> {
  const client = new Client({ name: "e2e-client", version: "9.8.7" }, { capabilities });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  const wire =
    transport === "http"
      ? new StreamableHTTPClientTransport(new URL(url), { requestInit })
      : new SSEClientTransport(new URL(url), { requestInit });
  await client.connect(wire);
  return client;
}

/** The text of a tool result; results of these tests have one block. */
export function textOf(result: unknown): string {
  const { content } = result as { content?: { type: string; text?: string }[] };
  return content?.map((block) => block.text ?? "").join("") ?? "";
}

/** Headers that a well-behaved client of 2025-11-25 sends with a POST. */
export const postHeaders = (token: string): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
  "mcp-protocol-version": "2025-11-25",
});

export interface RpcAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed where it is JSON or one event of JSON. */
  message: {
    id?: unknown;
    result?: Record<string, unknown>;
    error?: { code: number; message: string; data?: Record<string, unknown> };
  } | null;
}

/** Reads an answer of either form; only the last event of a stream counts. */
export function parseAnswer(text: string): RpcAnswer["message"] {
  const data = text
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:"))
    .at(-1)
    ?.slice(5);
  try {
    return JSON.parse(data ?? text);
  } catch {
    return null;
  }
}

/** One JSON-RPC request without a session, as plain HTTP. */
export async function rpc(
  url: string,
  token: string,
  method: string,
  params?: unknown,
  id: unknown = 1,
  signal?: AbortSignal,
): Promise<RpcAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: postHeaders(token),
    body: JSON.stringify({ jsonrpc: "2.0", id, method, params }),
    signal,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, message: parseAnswer(text) };
}

/** `tools/call` by `rpc`. */
export const callTool = (
  url: string,
  token: string,
  name: string,
  args: Record<string, unknown> = {},
  id: unknown = 1,
): Promise<RpcAnswer> => rpc(url, token, "tools/call", { name, arguments: args }, id);
