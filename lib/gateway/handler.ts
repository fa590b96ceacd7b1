import { AppError } from "@/lib/errors";
import { MODERN_VERSION } from "@/lib/mcp/protocol";
import { AccessTokens } from "./access-token";
import { Asks } from "./asks";
import { authenticate, type Caller, type Refusal } from "./authenticate";
import { BadCredentials } from "./bad-credentials";
import { Holds } from "./bridge/holds";
import { CallLog } from "./call-log";
import { takeCancellations } from "./cancel";
import { ChangeFeed } from "./change-feed";
import { Clients } from "./clients";
import { takeNotices } from "./dispatch";
import { elsewhere } from "./elsewhere";
import { type Endpoint, endpointOf } from "./endpoint";
import { eraOf } from "./era";
import { accepts, guardMedia, guardOrigin, readBody } from "./guard";
import { HttpSse } from "./http-sse";
import { Mailbox } from "./mailbox";
import { type Batch, type Message, parseBody } from "./message";
import { Modern } from "./modern/modern";
import { Offers } from "./offers";
import type { GatewayPorts } from "./ports";
import { Principals } from "./principals";
import { failed, methodNotAllowed, notFound, tooManyBadCredentials, unauthorized } from "./responses";
import type { Asker, Engine, View } from "./scope";
import { Sessions } from "./session";
import { Streamable } from "./streamable";
import { Streams } from "./streams";
import { Toolsets } from "./toolsets";
import { upstreamNews } from "./upstream-news";
import { UpstreamPool } from "./upstream-pool";
import { UpstreamWatch } from "./upstream-watch";
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
  const mailbox = new Mailbox(ports.relay, ports.masterKeys, now, log);
  const engine: Engine = {
    calls: new CallLog(ports.writeCalls, defer),
    pool,
    toolsets: new Toolsets(pool, directory, now, defer, log),
    inFlight: new Map(),
    keys: ports.masterKeys,
    now,
    crypto: ports.crypto,
    uses: new Uses(directory, now, defer, log),
    log,
    clients: new Clients(mailbox, now),
    mailbox,
    asks: new Asks(mailbox),
    offers: new Offers(pool, now, log),
    holds: new Holds(mailbox, ports.masterKeys),
    keptResults: ports.keptResults,
    defer,
  };
  takeCancellations(engine);
  takeNotices(engine);
  const news = upstreamNews(engine, () => streams);
  const watch = new UpstreamWatch(pool, news, now, log);
  const streams = new Streams({
    principals,
    workspaces,
    toolsets: engine.toolsets,
    offers: engine.offers,
    watch,
    now,
    log,
  });
  engine.clients.onChange(() => void streams.tick());
  const sessions = new Sessions(ports.masterKeys, now);
  const legacy = { engine, streams, news, sessions };
  const streamable = new Streamable({ ...legacy, directory });
  const httpSse = new HttpSse({ ...legacy, principals, workspaces });
  const modern = new Modern(engine, streams);

  async function post(request: Request, at: Arrival): Promise<Response> {
    const { caller, asker, url } = at;
    const media = guardMedia(request.headers);
    if (media) return media;
    const text = await readBody(request);
    if (typeof text !== "string") return text;
    const body = parseBody(text);
    if (body instanceof Response) return body;
    const era = Array.isArray(body) ? "legacy" : eraOf(request.headers, body);
    if (era instanceof Response) return era;
    const view = await viewOf(at);
    if (!view) return notFound();
    const away = await elsewhere(engine, caller, view, asker, wellFormed(body));
    if (away) return away;
    if (era === "modern" && !Array.isArray(body)) return modern.post(request, caller, view, body, asker);
    const sessionId = url.search === "" ? null : url.searchParams.get("sessionId");
    if (sessionId !== null) {
      const messages = Array.isArray(body) ? body : [body];
      return httpSse.post(sessionId, caller, view, { text, messages }, asker);
    }
    return Array.isArray(body)
      ? streamable.postBatch(request, caller, view, body, asker)
      : streamable.post(request, caller, view, body, asker);
  }

  function get(request: Request, { caller, endpoint, asker }: Arrival): Promise<Response> | Response {
    const version = request.headers.get("mcp-protocol-version");
    if (version === MODERN_VERSION) return methodNotAllowed();
    if (request.headers.has("mcp-session-id")) return streamable.get(request, caller, endpoint, asker.sourceIp);
    const opensStream = accepts(request.headers.get("accept"), "text/event-stream", false) && version === null;
    return opensStream ? httpSse.open(caller, endpoint, asker.sourceIp) : methodNotAllowed();
  }

  async function remove(request: Request, { caller }: Arrival): Promise<Response> {
    const modernClient = request.headers.get("mcp-protocol-version") === MODERN_VERSION;
    return modernClient ? methodNotAllowed() : streamable.delete(request, caller);
  }

  /** What is looked at; null where the workspace has no such server, or it is switched off. */
  async function viewOf({ caller, endpoint }: Arrival): Promise<Pick<View, "workspace" | "only"> | null> {
    const workspace = await workspaces.read(caller.principal);
    if (endpoint.server === null) return { workspace, only: null };
    const only = workspace.servers.find(({ slug }) => slug === endpoint.server);
    return only ? { workspace, only } : null;
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
    const at: Arrival = { url, endpoint, caller, asker: { origin, sourceIp, userAgent } };
    if (request.method === "POST") return post(request, at);
    if (request.method !== "GET" && request.method !== "DELETE") return methodNotAllowed();
    const view = await viewOf(at);
    if (!view) return notFound();
    const away = await elsewhere(engine, caller, view, at.asker, []);
    if (away) return away;
    return request.method === "GET" ? get(request, at) : remove(request, at);
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
        return failed(log, "null", error);
      }
    },
    refresh() {
      principals.forget();
      void streams.tick();
    },
    async close() {
      feed.close();
      streams.close();
      watch.close();
      engine.clients.close();
      await engine.holds.close();
      mailbox.close();
      pool.close();
      await engine.calls.flush();
    },
  };
}

/** A request whose sender is known. */
interface Arrival {
  url: URL;
  endpoint: Endpoint;
  caller: Caller;
  asker: Asker;
}

const wellFormed = (body: Message | Batch): Message[] =>
  Array.isArray(body) ? body.filter((message): message is Message => !(message instanceof Response)) : [body];
