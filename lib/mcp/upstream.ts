import { openByEra } from "./open-by-era";
import type { Era } from "./protocol";
import { openSse } from "./sse-upstream";
import type { UpstreamTransport } from "./transport";

export type UpstreamKind = "streamable-http" | "sse";

/** Where an upstream is and what to send along. */
export interface UpstreamTarget {
  url: string;
  transport: UpstreamKind;
  /** Ready headers, or a function that fills them for each request, so that secrets need not stay in memory. */
  headers: Record<string, string> | (() => Promise<Record<string, string>>);
}

/** What an upstream is told of the client it serves, in `initialize` or in the `_meta` of each request. */
export interface ClientProfile {
  /** Capabilities that this gateway can carry for that client; nothing else is ever declared. */
  capabilities: Record<string, unknown>;
}

/** What an upstream said of itself, in `initialize` or `server/discover`. */
export interface UpstreamInfo {
  protocolVersion: string;
  serverInfo: { name: string; version: string } | null;
  capabilities: Record<string, unknown>;
  instructions?: string;
}

/** An answer as it came: `json` is the raw text of the `result` or `error` member. */
export interface UpstreamReply {
  kind: "result" | "error";
  json: string;
  httpStatus: number;
}

/** A request that an upstream sends to its client: elicitation, sampling, roots. */
export interface ServerRequest {
  method: string;
  /** Raw JSON text. */
  params: string | undefined;
}

/** A client's answer to such a request; `json` is the raw text of the `result` or `error` member. */
export interface ClientReply {
  kind: "result" | "error";
  json: string;
}

export interface RequestOptions {
  /** Cancels: the upstream is told, and the connection closes. */
  signal?: AbortSignal;
  /** ms for the whole exchange. The clock stands still while `onRequest` waits for its answer. */
  deadlineMs: number;
  /** Notifications that belong to this request, as JSON text; progress carries the caller's own token again. */
  onNotification?(json: string): void;
  /** Answers what the upstream asks of its client while this request runs (`ping` never gets here). Absent: `-32601`. */
  onRequest?(request: ServerRequest): Promise<ClientReply>;
  /** Headers already filled in for this request; else the target's are filled anew. */
  headers?: Record<string, string>;
  /** Protocol headers of a modern client to pass on (`mcp-param-…`); legacy upstreams get none. */
  paramHeaders?: Record<string, string>;
  /** Cap of the answer in bytes; `LIMITS.responseBytes` by default. */
  maxBytes?: number;
}

/** What a standalone stream is to bring; `resources`: URIs to be told changes of. */
export interface ListenFilter {
  tools: boolean;
  prompts: boolean;
  resourceList: boolean;
  resources: string[];
}

export interface ListenOptions {
  filter: ListenFilter;
  /** Each notification, as JSON text without whatever belongs to the stream itself (subscription ids). */
  onNotification(json: string): void;
  /** As in `RequestOptions`, for what is asked outside of any request. */
  onRequest?(request: ServerRequest): Promise<ClientReply>;
  /** The stream is open. */
  onOpen?(): void;
  /** Ends it. */
  signal: AbortSignal;
}

/** An open session with one upstream under one credential. Requests may overlap. */
export interface UpstreamSession {
  readonly era: Era;
  /** The server broke on the question for its era, or kept silent, and then began an older session: ask again before long. */
  readonly unsure?: boolean;
  readonly info: UpstreamInfo;
  /** True once it can serve no more; open another one then. */
  readonly closed: boolean;
  /** While a request is under way or somebody listens: closing it now would cut them off. */
  readonly busy: boolean;
  /**
   * Sends one request in the upstream's own revision. `paramsJson` is in neither revision's envelope: a modern session
   * adds `_meta` and headers by itself, a legacy one takes them away.
   * @throws UpstreamError; a JSON-RPC error is no exception but a reply of kind `error`
   */
  request(method: string, paramsJson: string | undefined, options: RequestOptions): Promise<UpstreamReply>;
  /** Sends a notification (`notifications/roots/list_changed`); a modern upstream takes none. Failures do not matter. */
  notify(method: string, paramsJson?: string): void;
  /**
   * Reads the standalone stream until `signal` or the server ends it: GET of Streamable HTTP, the one stream of HTTP+SSE,
   * `subscriptions/listen` of 2026-07-28 (`filter` becomes `resources/subscribe` on the older ones). One at a time.
   * @throws UpstreamError where there is none, or when it breaks
   */
  listen(options: ListenOptions): Promise<void>;
  /** Ends the session at the upstream as well, without waiting for it. */
  close(): void;
}

/**
 * Begins a session. `era` is what is known of the upstream; null: found out (`server/discover` first, `initialize` where
 * that is not understood). 401, 403, 429, no connection and most of 5xx are no evidence and fail; after a 500 or silence
 * `initialize` is tried all the same, for the sake of older servers that break on what they do not know, and the session
 * says that it is `unsure`. What is known only says what is tried first: a server that turns out to be of the other era
 * is asked the other way at once, so look at `session.era`. Over HTTP+SSE all are legacy. `deadlineMs` covers all of it.
 * @throws UpstreamError
 */
export function openUpstream(
  transport: UpstreamTransport,
  target: UpstreamTarget,
  options: { deadlineMs: number; signal?: AbortSignal; era?: Era | null; profile?: ClientProfile },
): Promise<UpstreamSession> {
  const wire = { transport, target };
  return target.transport === "sse" ? openSse(wire, options) : openByEra(wire, options);
}
