import type { ByteSource } from "./sse";

/** How the gateway reaches an upstream: `fetch` on the edge lane, undici on the direct lane. A port, so both planes and tests choose. */
export interface UpstreamRequest {
  method: "POST" | "GET" | "DELETE";
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Aborting closes the connection to the upstream. */
  signal?: AbortSignal;
}

export interface UpstreamResponse {
  status: number;
  /** Case-insensitive; null where absent. */
  header(name: string): string | null;
  /** Whole body as UTF-8, counted after decompression. @throws UpstreamError `too_large` past `maxBytes` (the connection is destroyed). */
  text(maxBytes: number): Promise<string>;
  /** Body as bytes; leaving it early (`cancel` of a reader, `return` of an iterator) destroys the connection. */
  stream(): ByteSource;
  /** Drops the body. */
  discard(): void;
}

/**
 * Sends one request. Never follows redirects, never adds credentials. Refuses addresses that the policy denies,
 * where the runtime can see them (Node at connect; edge by the URL only).
 * @throws UpstreamError `unreachable`, `refused_address`, `timeout`, `aborted`
 */
export type UpstreamTransport = (request: UpstreamRequest) => Promise<UpstreamResponse>;

export type UpstreamFailure =
  | "unreachable"
  | "refused_address"
  | "timeout"
  | "redirect"
  | "unauthorized"
  | "status"
  | "not_mcp"
  | "too_large"
  | "aborted";

/** Why an upstream gave no usable answer. The message is safe to show: it holds no header, no body and no address beyond the host. */
export class UpstreamError extends Error {
  override readonly name = "UpstreamError";
  constructor(
    readonly reason: UpstreamFailure,
    message: string,
    /** The upstream's HTTP status, where it sent one. */
    readonly status?: number,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
