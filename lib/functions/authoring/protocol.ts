import { callTool, type ReadyTool } from "./call-tool";
import { contextOf, type OnProgress } from "./context";
import { eventStream } from "./event-stream";
import type { DeclaredManifest } from "./types";

/** Newest last; what a client asks for is answered in kind, anything else with the newest. */
const VERSIONS = ["2025-03-26", "2025-06-18", "2025-11-25"];
/** In the result of `initialize`, under `_meta`: what the server declares, for whoever deploys it. */
const MANIFEST = "aerostack/manifest";

/** A server with everything prepared. */
export interface ReadyServer {
  name: string;
  version?: string;
  title?: string;
  instructions?: string;
  tools: Map<string, ReadyTool>;
  manifest: DeclaredManifest;
}

interface Message {
  id?: string | number;
  method?: unknown;
  params?: { name?: unknown; arguments?: unknown; protocolVersion?: unknown; _meta?: { progressToken?: unknown } };
}
type Reply = { jsonrpc: "2.0"; id: string | number | null } & Record<string, unknown>;

const error = (id: Reply["id"], code: number, message: string): Reply => ({
  jsonrpc: "2.0",
  id,
  error: { code, message },
});
const json = (body: unknown, status = 200) => Response.json(body, { status });

/** Streamable HTTP without sessions: each request is answered on its own, by any isolate. */
export async function serve(server: ReadyServer, request: Request, env: object): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const version = request.headers.get("mcp-protocol-version");
  if (version !== null && !VERSIONS.includes(version))
    return json(error(null, -32600, `Unsupported protocol version; this server speaks ${VERSIONS.join(", ")}.`), 400);
  let body: unknown;
  try {
    body = JSON.parse(await request.text());
  } catch {
    return json(error(null, -32700, "Parse error: the body is no JSON."), 400);
  }
  const answer = (message: unknown, onProgress: OnProgress) =>
    reply(server, message, (listen) => contextOf(server.manifest, env, request, listen ? onProgress : null));
  if (Array.isArray(body)) {
    if (body.length === 0) return json(error(null, -32600, "Invalid request: the batch is empty."), 400);
    const replies = (await Promise.all(body.map((message) => answer(message, null)))).filter((each) => each !== null);
    return replies.length === 0 ? new Response(null, { status: 202 }) : json(replies);
  }
  const token = tokenOf(body);
  if (token !== undefined && request.headers.get("accept")?.includes("text/event-stream"))
    return eventStream(token, (onProgress) => answer(body, onProgress));
  const single = await answer(body, null);
  if (single === null) return new Response(null, { status: 202 });
  return json(single, single.id === null ? 400 : 200);
}

/** Where the caller of a tool wants to hear of its progress. */
function tokenOf(body: unknown): string | number | undefined {
  const { method, params } = (body ?? {}) as Message;
  const token = method === "tools/call" ? params?._meta?.progressToken : undefined;
  return typeof token === "string" || typeof token === "number" ? token : undefined;
}

async function reply(
  server: ReadyServer,
  message: unknown,
  context: (listen: boolean) => ReturnType<typeof contextOf>,
): Promise<Reply | null> {
  const { id, method, params } = (message ?? {}) as Message;
  if (typeof message !== "object" || message === null || Array.isArray(message))
    return error(null, -32600, "Invalid request: a message is an object.");
  if (id === undefined && typeof method === "string") return null; // a notification; none changes anything here
  if (typeof id !== "string" && typeof id !== "number")
    return error(null, -32600, "Invalid request: the id is malformed.");
  if (typeof method !== "string")
    return "result" in message || "error" in message ? null : error(id, -32600, "Invalid request: no method.");
  const result = (value: unknown): Reply => ({ jsonrpc: "2.0", id, result: value });
  switch (method) {
    case "initialize":
      return result(greeting(server, params?.protocolVersion));
    case "ping":
      return result({});
    case "tools/list":
      return result({ tools: [...server.tools.values()].map(listed) });
    case "tools/call": {
      const tool = server.tools.get(String(params?.name));
      if (!tool) return error(id, -32602, `Unknown tool: ${String(params?.name).slice(0, 128)}`);
      return result(await callTool(tool, params?.arguments, context(true)));
    }
    default:
      return error(id, -32601, `Method not found: ${method.slice(0, 128)}`);
  }
}

function greeting({ name, title, version = "0.0.0", instructions, manifest }: ReadyServer, asked: unknown) {
  return {
    protocolVersion: VERSIONS.includes(String(asked)) ? asked : VERSIONS.at(-1),
    capabilities: { tools: {} },
    serverInfo: { name, version, ...(title ? { title } : {}) },
    ...(instructions ? { instructions } : {}),
    _meta: { [MANIFEST]: manifest },
  };
}

function listed({ name, options: { title, description, annotations }, input, output }: ReadyTool) {
  return {
    name,
    ...(title ? { title } : {}),
    description,
    inputSchema: input.json,
    ...(output ? { outputSchema: output.json } : {}),
    ...(annotations ? { annotations } : {}),
  };
}
