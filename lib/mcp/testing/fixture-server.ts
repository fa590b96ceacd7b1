import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request that reached the fixture. */
export interface Call {
  req: IncomingMessage;
  res: ServerResponse;
  text: string;
  message: {
    id?: number;
    method?: string;
    params?: Record<string, unknown>;
    result?: unknown;
    error?: { code: number };
  };
}

export interface Fixture {
  /** Of the MCP endpoint. */
  url: string;
  calls: Call[];
  /** Methods of all POSTs so far, answers to our own requests as `answer`. */
  methods(): string[];
  /** Sockets opened so far. */
  sockets(): number;
  close(): Promise<void>;
}

/** A real HTTP server on loopback whose every answer a test decides. */
export async function startFixture(handle: (call: Call) => unknown): Promise<Fixture> {
  const calls: Call[] = [];
  let sockets = 0;
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const call = { req, res, text, message: (text ? JSON.parse(text) : {}) as Call["message"] };
    calls.push(call);
    await handle(call);
  });
  server.on("connection", () => sockets++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    calls,
    methods: () => calls.filter((call) => call.req.method === "POST").map((call) => call.message.method ?? "answer"),
    sockets: () => sockets,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with JSON. */
export function json(res: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  res
    .writeHead(status, { "content-type": "application/json", ...headers })
    .end(typeof value === "string" ? value : JSON.stringify(value));
}

/** Answers a request with a result. */
export const reply = (call: Call, result: unknown, headers?: Record<string, string>): void =>
  json(call.res, 200, { jsonrpc: "2.0", id: call.message.id, result }, headers);

/** Begins an event stream; the returned function writes one message, or one raw text. */
export function events(res: ServerResponse): (message: unknown) => void {
  res.writeHead(200, { "content-type": "text/event-stream" });
  return (message) =>
    res.write(typeof message === "string" ? message : `event: message\ndata: ${JSON.stringify(message)}\n\n`);
}

/** Result of `initialize`. */
export const INFO = {
  protocolVersion: "2025-06-18",
  capabilities: { tools: {} },
  serverInfo: { name: "fixture", version: "1.2" },
  instructions: "Be kind.",
};

/** Answers the handshake, notifications, answers to pings and DELETE like a streamable server; false for everything else. */
export function handshake(call: Call, sessionId?: string): boolean {
  if (call.message.method === "initialize") reply(call, INFO, sessionId ? { "mcp-session-id": sessionId } : {});
  else if (call.req.method === "DELETE") call.res.writeHead(200).end();
  else if (call.req.method === "GET") call.res.writeHead(405).end();
  else if (call.message.id === undefined || call.message.method === undefined) call.res.writeHead(202).end();
  else return false;
  return true;
}
