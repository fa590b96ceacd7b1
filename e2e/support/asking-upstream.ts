import { randomUUID } from "node:crypto";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { ElicitResultSchema } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { bodyOf, listen } from "./listener";

/** A server of 2025-11-25 with sessions: it asks its client things, and its list of tools grows. */
export interface AskingUpstream {
  url: string;
  /** Adds a tool and says so to everybody who listens. */
  grow(): void;
  close(): Promise<void>;
}

interface Open {
  server: McpServer;
  transport: StreamableHTTPServerTransport;
}

const text = (value: string) => ({ content: [{ type: "text" as const, text: value }] });

function mcpServer(grown: number): McpServer {
  const server = new McpServer({ name: "asking-upstream", version: "1.0.0" });
  server.registerTool("echo", { inputSchema: z.object({ n: z.number() }) }, ({ n }) => text(String(n)));
  server.registerTool("ask", { inputSchema: z.object({ n: z.number() }) }, async ({ n }, { sendRequest }) => {
    const requestedSchema = { type: "object" as const, properties: { name: { type: "string" as const } } };
    const params = { message: `Who is number ${n}?`, requestedSchema };
    const answer = await sendRequest({ method: "elicitation/create", params }, ElicitResultSchema);
    return text(`${n} is ${answer.action === "accept" ? String(answer.content?.name) : answer.action}`);
  });
  for (let i = 0; i < grown; i++) addGrown(server, i);
  return server;
}

const addGrown = (server: McpServer, i: number) =>
  server.registerTool(`grown_${i}`, { inputSchema: z.object({}) }, () => text("grown"));

/** Starts it on loopback. */
export async function startAskingUpstream(): Promise<AskingUpstream> {
  const open = new Map<string, Open>();
  let grown = 0;
  async function begin(): Promise<Open> {
    const server = mcpServer(grown);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void open.set(id, { server, transport }),
    });
    transport.onclose = () => void (transport.sessionId && open.delete(transport.sessionId));
    await server.connect(transport);
    return { server, transport };
  }
  const { origin, close } = await listen(async (request, response) => {
    const id = request.headers["mcp-session-id"];
    const known = typeof id === "string" ? open.get(id) : undefined;
    if (id !== undefined && !known) {
      response.writeHead(404).end();
      return;
    }
    const body = request.method === "POST" ? (JSON.parse(await bodyOf(request)) as unknown) : undefined;
    const { transport } = known ?? (await begin());
    await transport.handleRequest(request, response, body);
  });
  return {
    url: `${origin}/mcp`,
    grow() {
      for (const { server } of open.values()) addGrown(server, grown); // says so by itself
      grown++;
    },
    async close() {
      for (const { server } of open.values()) await server.close();
      await close();
    },
  };
}
