import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { bodyOf, listen } from "./listener";

const TOOL = { name: "poke", description: "Misbehaves", inputSchema: { type: "object" } };
const HUGE = 20 << 20;

interface Call {
  id: unknown;
  response: ServerResponse;
  origin: string;
  /** What the gateway sent as `Authorization`. */
  authorization: string;
  /** How many calls this mode has had, with this one. */
  count: number;
  /** The client's answer to a request of ours, by that request's id. */
  answered(id: string): Promise<unknown>;
}

const sse = (response: ServerResponse) => response.writeHead(200, { "content-type": "text/event-stream" });
const json = (response: ServerResponse, text: string, headers: Record<string, string> = {}) =>
  response.writeHead(200, { "content-type": "application/json", ...headers }).end(text);
const rpc = (id: unknown, result: unknown) => JSON.stringify({ jsonrpc: "2.0", id, result });
const done = (text: string) => ({ content: [{ type: "text", text }] });

/** Writes `line` again and again, as fast as the reader takes it, until the reader has had enough. */
function flood(response: ServerResponse, line: string): void {
  const more = () => {
    while (!response.destroyed && response.write(line));
  };
  response.on("drain", more).on("error", () => undefined);
  more();
}

/** Every way to answer `tools/call` badly, by name; each is a path of its own. */
const MISBEHAVIOURS: Record<string, (call: Call) => void> = {
  html: ({ response }) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<html><body>502 Bad Gateway</body></html>"),
  garbage: ({ response }) => json(response, '{"jsonrpc":"2.0","id":'),
  "no-content": ({ response }) => response.writeHead(204).end(),
  "wrong-id": ({ response }) => json(response, rpc("someone-else", done("x"))),
  status: ({ response }) =>
    response.writeHead(500, { "content-type": "text/plain" }).end("at /srv/app.js:12 SELECT * FROM keys"),
  redirect: ({ response, origin }) => response.writeHead(307, { location: `${origin}/elsewhere/mcp` }).end(),
  reset: ({ response }) => response.socket?.resetAndDestroy(),
  truncated: ({ response, id }) => {
    response
      .writeHead(200, { "content-type": "application/json", "content-length": "5000" })
      .write(rpc(id, done("half")));
    setTimeout(() => response.destroy(), 50);
  },
  bomb: ({ response }) =>
    response
      .writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
      .end(gzipSync(Buffer.alloc(64 << 20))),
  huge: ({ response, id }) => json(response, rpc(id, done("x".repeat(HUGE)))),
  deep: ({ response, id }) =>
    json(
      response,
      `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":{"content":[],"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}}`,
    ),
  "notification-flood": ({ response }) =>
    flood(
      sse(response),
      'data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}\n\n',
    ),
  "endless-event": ({ response }) => flood(sse(response), `data: ${"x".repeat(4_096)}\n`),
  "event-injection": ({ response, id }) => {
    const text = JSON.stringify(done("one\r\nevent: endpoint\r\ndata: /evil\u2028\u2029 end"));
    sse(response).end(`data: {"jsonrpc":"2.0",\ndata: "id":${JSON.stringify(id)},\r\ndata: "result":${text}}\n\n`);
  },
  headers: ({ response, id }) =>
    json(response, rpc(id, done("fine")), {
      "set-cookie": "a=b",
      "mcp-session-id": "up-1",
      "www-authenticate": "Bearer",
      "x-upstream": "yes",
    }),
  "secret-error": ({ response, id, authorization }) =>
    json(
      response,
      JSON.stringify({ jsonrpc: "2.0", id, error: { code: -32000, message: `Authorization: ${authorization}` } }),
    ),
  "script-link": ({ response, id, answered }) => {
    const params = { mode: "url", message: "Sign in", url: "javascript:alert(1)", elicitationId: "e1" };
    const ask = { jsonrpc: "2.0", id: "ask-1", method: "elicitation/create", params };
    sse(response).write(`data: ${JSON.stringify(ask)}\n\n`);
    void answered("ask-1").then((answer) =>
      response.end(`data: ${rpc(id, done(answer === "refused" ? "refused" : "asked"))}\n\n`),
    );
  },
  "five-times-503": ({ response, id, count }) => {
    if (count <= 5) response.writeHead(503).end();
    else json(response, rpc(id, done("back")));
  },
  // Only time ends these.
  silent: () => undefined,
  drip: ({ response }) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 1_000);
    response.once("close", () => clearInterval(timer));
  },
  "keep-alive-forever": ({ response }) => {
    sse(response);
    const timer = setInterval(() => response.write(": still here\n\n"), 500);
    response.once("close", () => clearInterval(timer));
  },
};

const BAD_NAMES = ["x\u202eyz", "x\u0000", "a".repeat(129), "send message", "cr\u0435ate_issue", ""];

/** `tools/list` that tempts: an endless cursor, or names that no client should meet. */
function list(mode: string): unknown {
  if (mode === "cursor-loop") return { tools: [TOOL], nextCursor: "same" };
  if (mode === "bad-names") return { tools: [TOOL, ...BAD_NAMES.map((name) => ({ ...TOOL, name }))] };
  return { tools: [TOOL] };
}

export interface NastyUpstream {
  url(mode: string): string;
  /** Requests that came for a mode, all methods. */
  hits(mode: string): number;
  /** The `tools/call`s among them. */
  calls(mode: string): number;
  modes: string[];
  close(): Promise<void>;
}

/** One HTTP server with a polite handshake and every misbehaviour afterwards, each under `/<mode>/mcp`. */
export async function startNastyUpstream(): Promise<NastyUpstream> {
  const hits = new Map<string, number>();
  const calls = new Map<string, number>();
  const waiting = new Map<string, (answer: unknown) => void>();
  const listener = await listen(async (request, response) => {
    response.on("error", () => undefined);
    const mode = request.url?.split("/")[1] ?? "";
    hits.set(mode, (hits.get(mode) ?? 0) + 1);
    if (request.method !== "POST") return void response.writeHead(405).end();
    const message = JSON.parse(await bodyOf(request)) as { id?: unknown; method?: string; error?: unknown };
    const { id, method } = message;
    if (method === undefined) waiting.get(`${mode} ${String(id)}`)?.(message.error ? "refused" : "answered");
    if (id === undefined || method === undefined) return void response.writeHead(202).end();
    if (method === "initialize") {
      const serverInfo = { name: `nasty-${createHash("sha256").update(mode).digest("hex").slice(0, 4)}`, version: "1" };
      return void json(response, rpc(id, { protocolVersion: "2025-11-25", capabilities: { tools: {} }, serverInfo }));
    }
    if (method === "server/discover")
      return void json(response, JSON.stringify({ jsonrpc: "2.0", id, error: { code: -32601, message: "?" } }));
    if (method === "tools/list") return void json(response, rpc(id, list(mode)));
    const misbehave = MISBEHAVIOURS[mode];
    calls.set(mode, (calls.get(mode) ?? 0) + 1);
    const { authorization = "" } = request.headers;
    const answered = (asked: string) => new Promise((resolve) => waiting.set(`${mode} ${asked}`, resolve));
    if (misbehave)
      misbehave({ id, response, origin: listener.origin, authorization, count: calls.get(mode) ?? 0, answered });
    else json(response, rpc(id, done("fine")));
  });
  return {
    url: (mode) => `${listener.origin}/${mode}/mcp`,
    hits: (mode) => hits.get(mode) ?? 0,
    calls: (mode) => calls.get(mode) ?? 0,
    modes: Object.keys(MISBEHAVIOURS),
    close: listener.close,
  };
}
