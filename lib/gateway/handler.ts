import { AppError } from "@/lib/errors";
import { errorFields } from "@/lib/log";
import { RPC } from "@/lib/mcp/protocol";
import { authenticate, type Caller } from "./authenticate";
import { CallLog } from "./call-log";
import { type Endpoint, endpointOf } from "./endpoint";
import { refuseOtherEra } from "./era";
import { accepts, guardMedia, guardOrigin, readBody } from "./guard";
import { HttpSse } from "./http-sse";
import { parseMessage } from "./message";
import type { GatewayPorts } from "./ports";
import { methodNotAllowed, refuse, unauthorized, unavailable } from "./responses";
import type { Engine } from "./scope";
import { Sessions } from "./session";
import { Streamable } from "./streamable";
import { Streams } from "./streams";
import { TokenCache } from "./token-cache";
import { Toolsets } from "./toolsets";
import { UnavailableError } from "./unavailable";
import { UpstreamPool } from "./upstream-pool";
import { WorkspaceCache } from "./workspace-cache";

export interface Gateway {
  /** Answers one request under `/ws/`. Never throws. `sourceIp`: the peer's address as the operator trusts it. */
  handle(request: Request, info: { sourceIp: string | null }): Promise<Response>;
  /** Something changed on this node: tokens and workspaces are read anew with the next request, open streams are checked at once. */
  refresh(): void;
  /** Ends streams and upstream sessions and writes what waits. */
  close(): Promise<void>;
}

/** Builds the gateway over its ports; both lanes mount the same one. One instance per process (or edge context) holds all caches. */
export function createGateway(ports: GatewayPorts): Gateway {
  const { directory, now, log, defer } = ports;
  const tokens = new TokenCache(directory, now);
  const workspaces = new WorkspaceCache(directory);
  const pool = new UpstreamPool(ports.transport, ports.masterKeys, ports.crypto, now);
  const toolsets = new Toolsets(pool, directory, now, defer, log);
  const calls = new CallLog(ports.writeCalls, defer);
  const engine: Engine = {
    calls,
    pool,
    toolsets,
    inFlight: new Map(),
    keys: ports.masterKeys,
    now,
    crypto: ports.crypto,
    log,
  };
  const sessions = new Sessions(ports.masterKeys, now);
  const streams = new Streams(tokens, workspaces, toolsets, now, log);
  const streamable = new Streamable(engine, sessions, streams, directory);
  const httpSse = new HttpSse(engine, sessions, streams);

  async function post(request: Request, url: URL, caller: Caller, sourceIp: string | null): Promise<Response> {
    const media = guardMedia(request.headers);
    if (media) return media;
    const body = await readBody(request);
    if (typeof body !== "string") return body;
    const message = parseMessage(body);
    if (message instanceof Response) return message;
    const otherEra = refuseOtherEra(request, message);
    if (otherEra) return otherEra;
    const asker = { sourceIp, userAgent: request.headers.get("user-agent")?.slice(0, 300) ?? null };
    const workspace = await workspaces.read(caller.principal);
    const sessionId = url.search === "" ? null : url.searchParams.get("sessionId");
    return sessionId === null
      ? streamable.post(request, caller, workspace, message, asker)
      : httpSse.post(sessionId, caller, workspace, message, asker);
  }

  function get(request: Request, caller: Caller, endpoint: Endpoint): Promise<Response> | Response {
    if (request.headers.has("mcp-session-id")) return streamable.get(request, caller);
    const opensStream =
      accepts(request.headers.get("accept"), "text/event-stream", false) &&
      !request.headers.has("mcp-protocol-version");
    return opensStream ? httpSse.open(caller, endpoint) : methodNotAllowed();
  }

  async function route(request: Request, sourceIp: string | null): Promise<Response> {
    const url = new URL(request.url);
    const endpoint = endpointOf(url.pathname);
    if (!endpoint)
      return refuse(404, "There is no such endpoint. A workspace answers at /ws/<slug>/sse and /ws/<slug>/mcp.");
    const foreign = guardOrigin(request.headers, ports.publicUrl);
    if (foreign) return foreign;
    const caller = await authenticate(request.headers, endpoint, tokens);
    if (!caller) return unauthorized();
    if (request.method === "POST") return post(request, url, caller, sourceIp);
    if (request.method === "GET") return get(request, caller, endpoint);
    return request.method === "DELETE" ? streamable.delete(request, caller) : methodNotAllowed();
  }

  return {
    async handle(request, { sourceIp }) {
      try {
        pool.sweepIfDue();
        return await route(request, sourceIp);
      } catch (error) {
        if (error instanceof AppError && error.code === "not_found") return unauthorized(); // deleted a moment ago
        log.error("gateway.failed", errorFields(error));
        return error instanceof UnavailableError
          ? unavailable("null")
          : refuse(500, "Internal error.", undefined, RPC.internalError);
      }
    },
    refresh() {
      tokens.forget();
      void streams.tick();
    },
    async close() {
      streams.close();
      pool.close();
      await calls.flush();
    },
  };
}
