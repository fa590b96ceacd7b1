import { randomUUID } from "node:crypto";
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { McpServer as OldServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {
  ElicitResultSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { createMcpHandler, inputRequired, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";

/** Headers and bodies of the requests that reached a server; `body` is null for GET and DELETE. */
export interface Seen {
  method: string;
  headers: IncomingMessage["headers"];
  body: { id?: unknown; method?: string; params?: Record<string, unknown> } | null;
}

export interface SdkServer {
  url: string;
  seen: Seen[];
  close(): Promise<void>;
}

async function listen(http: HttpServer): Promise<{ origin: string; close(): Promise<void> }> {
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

async function bodyOf(req: IncomingMessage): Promise<Seen["body"]> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text ? (JSON.parse(text) as Seen["body"]) : null;
}

const ASK = {
  message: "Who are you?",
  requestedSchema: {
    type: "object" as const,
    properties: { name: { type: "string" as const } },
    required: ["name"],
  },
};

/** A server on SDK v1, whose tools ask, report and log in every way that it has. @param told gets the URIs of its subscriptions, `-` before those that end */
function oldServer(told: string[]): OldServer {
  const server = new OldServer(
    { name: "old", version: "1" },
    {
      capabilities: { logging: {}, tools: { listChanged: true }, resources: { subscribe: true, listChanged: true } },
      instructions: "Ask away.",
    },
  );
  const text = (value: unknown) => ({ content: [{ type: "text" as const, text: JSON.stringify(value) }] });
  server.registerTool("echo", { inputSchema: { text: z.string() } }, (args, extra) =>
    text({ ...args, meta: extra._meta ?? null }),
  );
  server.registerTool("ask", {}, async (extra) =>
    text(await extra.sendRequest({ method: "elicitation/create", params: ASK }, ElicitResultSchema)),
  );
  server.registerTool("ask-aside", {}, async () => text(await server.server.elicitInput(ASK)));
  server.registerTool("roots", {}, async () => text(await server.server.listRoots()));
  server.registerTool("log", {}, async (extra) => {
    await extra.sendNotification({ method: "notifications/message", params: { level: "info", data: "on the way" } });
    await server.server.sendLoggingMessage({ level: "info", data: "aside" });
    return text("logged");
  });
  server.registerTool("count", {}, async (extra) => {
    const progressToken = extra._meta?.progressToken ?? "none";
    for (const progress of [1, 2])
      await extra.sendNotification({ method: "notifications/progress", params: { progressToken, progress } });
    return text("counted");
  });
  server.registerResource("note", "note://a", {}, (uri) => ({ contents: [{ uri: uri.href, text: "hello" }] }));
  server.registerPrompt("greet", {}, () => ({ messages: [{ role: "user", content: { type: "text", text: "Hi" } }] }));
  server.server.setRequestHandler(SubscribeRequestSchema, ({ params }) => {
    told.push(params.uri);
    return {};
  });
  server.server.setRequestHandler(UnsubscribeRequestSchema, ({ params }) => {
    told.push(`-${params.uri}`);
    return {};
  });
  return server;
}

export interface OldSdkServer extends SdkServer {
  /** One for each session so far. */
  servers: OldServer[];
  told: string[];
  /** Forgets all sessions, as after a restart. */
  forget(): void;
}

/** SDK v1 over HTTP, with sessions: the newer transport at `/mcp`, or the older pair of `/mcp` and `/messages`. */
export async function startOldServer(kind: "streamable-http" | "sse"): Promise<OldSdkServer> {
  const seen: Seen[] = [];
  const told: string[] = [];
  const servers: OldServer[] = [];
  const sessions = new Map<string, StreamableHTTPServerTransport | SSEServerTransport>();
  const begin = async (transport: StreamableHTTPServerTransport | SSEServerTransport) => {
    const server = oldServer(told);
    servers.push(server);
    await server.connect(transport);
  };
  const streamable = async (req: IncomingMessage, res: ServerResponse, body: Seen["body"]) => {
    const known = sessions.get(String(req.headers["mcp-session-id"]));
    if (known instanceof StreamableHTTPServerTransport) return known.handleRequest(req, res, body ?? undefined);
    if (req.headers["mcp-session-id"] !== undefined) return res.writeHead(404).end();
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    await begin(transport);
    return transport.handleRequest(req, res, body ?? undefined);
  };
  const sse = async (req: IncomingMessage, res: ServerResponse, body: Seen["body"]) => {
    const url = new URL(req.url ?? "", "http://x");
    const known = sessions.get(url.searchParams.get("sessionId") ?? "");
    if (known instanceof SSEServerTransport && req.method === "POST") return known.handlePostMessage(req, res, body);
    if (req.method !== "GET" || url.pathname !== "/mcp") return res.writeHead(404).end();
    const transport = new SSEServerTransport("/messages", res);
    sessions.set(transport.sessionId, transport);
    return begin(transport);
  };
  const http = createServer(async (req, res) => {
    const body = await bodyOf(req);
    seen.push({ method: req.method ?? "", headers: req.headers, body });
    await (kind === "sse" ? sse : streamable)(req, res, body);
  });
  const { origin, close } = await listen(http);
  return { url: `${origin}/mcp`, seen, servers, told, close, forget: () => sessions.clear() };
}

export interface NewSdkServer extends SdkServer {
  notify: ReturnType<typeof createMcpHandler>["notify"];
  /** Ends its listen streams in good order. */
  shutDown(): Promise<void>;
  /** How many calls of `wait` were cancelled. */
  cancelled(): number;
}

/** SDK v2: 2026-07-28, and the older revisions too unless `only`. */
export async function startNewServer(only = false): Promise<NewSdkServer> {
  let cancelled = 0;
  const handler = createMcpHandler(
    () => {
      const server = new McpServer(
        { name: "new", version: "2" },
        {
          capabilities: {
            logging: {},
            tools: { listChanged: true },
            prompts: { listChanged: true },
            resources: { subscribe: true, listChanged: true },
          },
          instructions: "Ask away.",
        },
      );
      const text = (value: unknown) => ({ content: [{ type: "text" as const, text: JSON.stringify(value) }] });
      server.registerTool("echo", { inputSchema: z.object({ text: z.string() }) }, (args, ctx) =>
        text({ ...args, meta: ctx.mcpReq._meta ?? null, envelope: ctx.mcpReq.envelope ?? null }),
      );
      server.registerTool("ask", {}, (ctx) => {
        const { answer } = ctx.mcpReq.inputResponses ?? {};
        if (answer) return text(answer);
        const ask = inputRequired.elicit(ASK);
        return inputRequired({ inputRequests: { answer: ask } });
      });
      server.registerTool(
        "routed",
        {
          inputSchema: z.object({ region: z.string().meta({ "x-mcp-header": "Region" }), text: z.string() }),
        },
        (args) => text(args),
      );
      server.registerTool("wait", {}, async (ctx) => {
        await new Promise((resolve) => ctx.mcpReq.signal.addEventListener("abort", resolve));
        cancelled++;
        return text("ended");
      });
      server.registerTool("count", {}, async (ctx) => {
        const progressToken = ctx.mcpReq._meta?.progressToken ?? "none";
        for (const progress of [1, 2])
          await ctx.mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress } });
        return text("counted");
      });
      server.registerResource("note", "note://a", {}, (uri) => ({ contents: [{ uri: uri.href, text: "hello" }] }));
      server.registerPrompt("grüß", {}, () => ({
        messages: [{ role: "user", content: { type: "text", text: "Hi" } }],
      }));
      return server;
    },
    only ? { legacy: "reject" } : {},
  );
  const seen: Seen[] = [];
  const answer = getRequestListener(
    async (request) => {
      const copy = request.clone();
      const body = request.method === "POST" ? ((await copy.json()) as Seen["body"]) : null;
      seen.push({ method: request.method, headers: Object.fromEntries(request.headers), body });
      return handler.fetch(request);
    },
    { overrideGlobalObjects: false },
  );
  const { origin, close } = await listen(createServer(answer));
  return {
    url: `${origin}/mcp`,
    seen,
    notify: handler.notify,
    shutDown: () => handler.close(),
    cancelled: () => cancelled,
    close,
  };
}
