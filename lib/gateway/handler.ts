import { AppError } from "@/lib/errors";
import { errorFields } from "@/lib/log";
import { RPC } from "@/lib/mcp/protocol";
import { AccessTokens } from "./access-token";
import { authenticate, type Caller, type Refusal } from "./authenticate";
import { BadCredentials } from "./bad-credentials";
import { CallLog } from "./call-log";
import { ChangeFeed } from "./change-feed";
import { elsewhere } from "./elsewhere";
import { type Endpoint, endpointOf } from "./endpoint";
import { refuseOtherEra } from "./era";
import { accepts, guardMedia, guardOrigin, readBody } from "./guard";
import { HttpSse } from "./http-sse";
import { parseMessage } from "./message";
import type { GatewayPorts } from "./ports";
import { Principals } from "./principals";
import { methodNotAllowed, notFound, refuse, tooManyBadCredentials, unauthorized, unavailable } from "./responses";
import type { Asker, Engine } from "./scope";
import { Sessions } from "./session";
import { Streamable } from "./streamable";
import { Streams } from "./streams";
import { Toolsets } from "./toolsets";
import { UnavailableError } from "./unavailable";
import { UpstreamPool } from "./upstream-pool";
import { Uses } from "./uses";
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
  const feed = new ChangeFeed(directory, now, () => void streams.tick(), log);
  const principals = new Principals(directory, feed, now);
  const accessTokens = new AccessTokens(ports.masterKeys, ports.crypto, now);
  const badCredentials = new BadCredentials(now);
  const workspaces = new WorkspaceCache(directory);
  const pool = new UpstreamPool(ports.transport, ports.masterKeys, ports.crypto, now, ports.functions);
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
    uses: new Uses(directory, now, defer, log),
    log,
  };
  const sessions = new Sessions(ports.masterKeys, now);
  const streams = new Streams(principals, workspaces, toolsets, now, log);
  const streamable = new Streamable(engine, sessions, streams, directory);
  const httpSse = new HttpSse(engine, sessions, streams);

  async function post(request: Request, url: URL, caller: Caller, asker: Asker): Promise<Response> {
    const media = guardMedia(request.headers);
    if (media) return media;
    const body = await readBody(request);
    if (typeof body !== "string") return body;
    const message = parseMessage(body);
    if (message instanceof Response) return message;
    const otherEra = refuseOtherEra(request, message);
    if (otherEra) return otherEra;
    const workspace = await workspaces.read(caller.principal);
    const away = await elsewhere(engine, caller, workspace, asker, message);
    if (away) return away;
    const sessionId = url.search === "" ? null : url.searchParams.get("sessionId");
    return sessionId === null
      ? streamable.post(request, caller, workspace, message, asker)
      : httpSse.post(sessionId, caller, workspace, message, asker);
  }

  function get(
    request: Request,
    caller: Caller,
    endpoint: Endpoint,
    sourceIp: string | null,
  ): Promise<Response> | Response {
    if (request.headers.has("mcp-session-id")) return streamable.get(request, caller, sourceIp);
    const opensStream =
      accepts(request.headers.get("accept"), "text/event-stream", false) &&
      !request.headers.has("mcp-protocol-version");
    return opensStream ? httpSse.open(caller, endpoint, sourceIp) : methodNotAllowed();
  }

  async function route(request: Request, sourceIp: string | null): Promise<Response> {
    const url = new URL(request.url);
    const endpoint = endpointOf(url.pathname);
    if (!endpoint) return notFound();
    const foreign = guardOrigin(request.headers, ports.publicUrl);
    if (foreign) return foreign;
    const origin = ports.publicUrl ?? `${url.protocol}//${request.headers.get("host")}`;
    const authorization = request.headers.get("authorization");
    const caller = await authenticate(authorization, endpoint, origin, { principals, accessTokens });
    if (typeof caller === "string") return turnAway(caller, endpoint, origin, sourceIp);
    const userAgent = request.headers.get("user-agent")?.slice(0, 300) ?? null;
    const asker = { origin, sourceIp, userAgent };
    if (request.method === "POST") return post(request, url, caller, asker);
    if (request.method !== "GET" && request.method !== "DELETE") return methodNotAllowed();
    const away = await elsewhere(engine, caller, await workspaces.read(caller.principal), asker, null);
    if (away) return away;
    return request.method === "GET" ? get(request, caller, endpoint, sourceIp) : streamable.delete(request, caller);
  }

  function turnAway(refusal: Refusal, endpoint: Endpoint, origin: string, sourceIp: string | null): Response {
    if (refusal === "elsewhere") return notFound();
    const wait = refusal === "invalid" ? badCredentials.strike(sourceIp ?? "") : 0;
    return wait > 0 ? tooManyBadCredentials(wait) : unauthorized(endpoint, origin, refusal === "invalid");
  }

  return {
    async handle(request, { sourceIp }) {
      try {
        pool.sweepIfDue();
        return await route(request, sourceIp);
      } catch (error) {
        if (error instanceof AppError && error.code === "not_found") return notFound(); // the workspace was deleted a moment ago
        log.error("gateway.failed", errorFields(error));
        return error instanceof UnavailableError
          ? unavailable("null")
          : refuse(500, "Internal error.", undefined, RPC.internalError);
      }
    },
    refresh() {
      principals.forget();
      void streams.tick();
    },
    async close() {
      feed.close();
      streams.close();
      pool.close();
      await calls.flush();
    },
  };
}
