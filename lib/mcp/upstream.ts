import { openSse } from "./sse-upstream";
import { openStreamable } from "./streamable";
import type { UpstreamTransport } from "./transport";

export type UpstreamKind = "streamable-http" | "sse";

/** Where an upstream is and what to send along. */
export interface UpstreamTarget {
  url: string;
  transport: UpstreamKind;
  /** Ready headers, or a function that fills them for each request, so that secrets need not stay in memory. */
  headers: Record<string, string> | (() => Promise<Record<string, string>>);
}

/** What an upstream said of itself in `initialize`. */
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

export interface RequestOptions {
  /** Cancels: the upstream is told, and the connection closes. */
  signal?: AbortSignal;
  /** ms for the whole exchange. */
  deadlineMs: number;
  /** Notifications that belong to this request, as JSON text; progress carries the caller's own token again. */
  onNotification?(json: string): void;
  /** Headers already filled in for this request; else the target's are filled anew. */
  headers?: Record<string, string>;
  /** Cap of the answer in bytes; `LIMITS.responseBytes` by default. */
  maxBytes?: number;
}

/** An open session with one upstream under one credential. Requests may overlap. */
export interface UpstreamSession {
  readonly info: UpstreamInfo;
  /** True once it can serve no more; open another one then. */
  readonly closed: boolean;
  /** @throws UpstreamError; a JSON-RPC error is no exception but a reply of kind `error` */
  request(method: string, paramsJson: string | undefined, options: RequestOptions): Promise<UpstreamReply>;
  /** Ends the session at the upstream as well, without waiting for it. */
  close(): void;
}

/** Begins a session: `initialize` and `notifications/initialized`. `deadlineMs` covers all of it. @throws UpstreamError */
export function openUpstream(
  transport: UpstreamTransport,
  target: UpstreamTarget,
  options: { deadlineMs: number; signal?: AbortSignal },
): Promise<UpstreamSession> {
  const open = target.transport === "sse" ? openSse : openStreamable;
  return open({ transport, target }, options.deadlineMs, options.signal);
}
