import { randomUUID } from "node:crypto";
import { type McpServer, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";
import { MemoryEvents } from "./event-store";
import { createServer } from "./features";
import type { FixtureState } from "./state";

interface Session {
  transport: WebStandardStreamableHTTPServerTransport;
  server: McpServer;
}

/** The 2025 revisions as the SDK serves them with sessions: GET stream, resumption, 404 after DELETE. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly state: FixtureState) {
    state.onChange((changed) => {
      for (const { server } of this.sessions.values()) {
        if (changed === "tools") server.sendToolListChanged();
        else server.sendPromptListChanged();
      }
    });
  }

  /** Answers one HTTP request of a 2025 client. */
  async handle(request: Request): Promise<Response> {
    const id = request.headers.get("mcp-session-id");
    if (id === null) return request.method === "POST" ? this.begin(request) : new Response(null, { status: 405 });
    const session = this.sessions.get(id);
    return session ? session.transport.handleRequest(request) : gone();
  }

  private async begin(request: Request): Promise<Response> {
    const server = createServer(this.state);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      eventStore: new MemoryEvents(),
      retryInterval: 50,
      onsessioninitialized: (id) => void this.sessions.set(id, { transport, server }),
      onsessionclosed: (id) => void this.sessions.delete(id),
    });
    await server.connect(transport);
    return transport.handleRequest(request);
  }
}

const gone = () =>
  Response.json({ jsonrpc: "2.0", id: null, error: { code: -32001, message: "Session not found" } }, { status: 404 });
