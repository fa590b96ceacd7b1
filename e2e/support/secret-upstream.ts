import type { IncomingHttpHeaders } from "node:http";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";
import { bodyOf, listen } from "./listener";
import { sleep } from "./process";

/** One request as the upstream saw it. */
export interface Seen {
  at: number;
  method: string | undefined;
  headers: IncomingHttpHeaders;
  /** JSON-RPC method, tool and arguments, where it was a POST. */
  rpc: string | undefined;
  tool: string | undefined;
  arguments: Record<string, unknown>;
}

/** An MCP server that serves nobody without its secret, and remembers what reached it. */
export interface SecretUpstream {
  url: string;
  secret: string;
  seen: Seen[];
  /** Calls of one tool; all tools without a name. */
  calls(tool?: string): Seen[];
  /** Connections that a client closed before `slow` answered. */
  aborted(): number;
  close(): Promise<void>;
}

function mcpServer(secret: string, onAbort: () => void): McpServer {
  const server = new McpServer({ name: "secret-upstream", version: "1.0.0" });
  const text = (value: string) => ({ content: [{ type: "text" as const, text: value }] });
  server.registerTool(
    "echo",
    { description: "Echoes", inputSchema: z.object({ message: z.string().optional() }).loose() },
    (args) => text(JSON.stringify(args)),
  );
  server.registerTool(
    "whoami",
    { description: "Says who asks, by the argument", inputSchema: z.object({ who: z.string().optional() }) },
    ({ who }) => text(`you are ${who ?? "?"}`),
  );
  server.registerTool("add", { description: "Adds one", inputSchema: z.object({ n: z.number() }) }, ({ n }) =>
    text(String(n + 1)),
  );
  server.registerTool(
    "slow",
    { description: "Waits", inputSchema: z.object({ ms: z.number().optional() }) },
    async ({ ms = 10_000 }, { signal }) => {
      signal.addEventListener("abort", onAbort, { once: true });
      await sleep(ms);
      return text("slept");
    },
  );
  server.registerTool("boom", { description: "Fails", inputSchema: z.object({}) }, () => ({
    ...text("boom"),
    isError: true,
  }));
  server.registerTool(
    "big",
    { description: "Answers at length", inputSchema: z.object({ bytes: z.number() }) },
    ({ bytes }) => text("x".repeat(bytes)),
  );
  server.registerTool("leak", { description: "Says its credential aloud", inputSchema: z.object({}) }, () =>
    text(`my key is ${secret}.`),
  );
  return server;
}

/** Starts it on loopback, with `secret` demanded as a bearer token; on a free port unless one is named. */
export async function startSecretUpstream(secret: string, port = 0): Promise<SecretUpstream> {
  const seen: Seen[] = [];
  let aborts = 0;
  const { origin, close } = await listen(async (request, response) => {
    const body = request.method === "POST" ? await bodyOf(request) : "";
    const message = body
      ? (JSON.parse(body) as { method?: string; params?: { name?: string; arguments?: Record<string, unknown> } })
      : {};
    seen.push({
      at: Date.now(),
      method: request.method,
      headers: request.headers,
      rpc: message.method,
      tool: message.params?.name,
      arguments: message.params?.arguments ?? {},
    });
    if (request.headers.authorization !== `Bearer ${secret}`) {
      response.writeHead(401, { "www-authenticate": "Bearer", "set-cookie": "leak=1" }).end("no");
      return;
    }
    // Stateless, as most vendors run theirs: a fresh server per request.
    const server = mcpServer(secret, () => aborts++);
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
    response.once("close", () => {
      if (!response.writableFinished) aborts++;
      void transport.close();
      void server.close();
    });
    await server.connect(transport);
    await transport.handleRequest(request, response, message);
  }, port);
  return {
    url: `${origin}/mcp`,
    secret,
    seen,
    calls: (tool) => seen.filter((one) => one.rpc === "tools/call" && (tool === undefined || one.tool === tool)),
    aborted: () => aborts,
    close,
  };
}
