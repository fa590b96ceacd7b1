import { parseAnswer, type RpcAnswer } from "./mcp";

interface Options {
  capabilities?: Record<string, unknown>;
  id?: unknown;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** The revision claimed, in header and body alike. */
  version?: string;
}

/** The header that repeats a request's name (2026-07-28, basic/transports). */
const nameOf = (params: Record<string, unknown>): string | undefined =>
  [params.name, params.uri, params.taskId].find((value) => typeof value === "string") as string | undefined;

/** A request of 2026-07-28 as a well-behaved client sends it; the caller reads the stream where it is one. */
export function modernFetch(
  url: string,
  token: string,
  method: string,
  params: Record<string, unknown> = {},
  { capabilities = {}, id = 1, signal, headers = {}, version = "2026-07-28" }: Options = {},
): Promise<Response> {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": version,
    "io.modelcontextprotocol/clientInfo": { name: "e2e-modern", version: "1.2.3" },
    "io.modelcontextprotocol/clientCapabilities": capabilities,
  };
  const name = nameOf(params);
  return fetch(url, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": version,
      "mcp-method": method,
      ...(name !== undefined && { "mcp-name": name }),
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id, method, params: { ...params, _meta } }),
    signal,
  });
}

/** The same, read to its end. */
export async function modernRpc(...request: Parameters<typeof modernFetch>): Promise<RpcAnswer> {
  const response = await modernFetch(...request);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, message: parseAnswer(text) };
}
