import { metadataUrlOf, SCOPE } from "@/lib/access/access-token";
import { errorFields, type Log } from "@/lib/log";
import { RPC } from "@/lib/mcp/protocol";
import type { Endpoint } from "./endpoint";
import { UnavailableError } from "./unavailable";

const JSON_HEADERS = { "content-type": "application/json", "cache-control": "no-store" };
/** Headers of every event stream: nothing in between may buffer or transform it. */
export const SSE_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/** A JSON-RPC result; `id` and `result` are raw JSON text, so what came as `1` never leaves as `1.0`. */
export const rpcResult = (id: string, result: string): string => `{"jsonrpc":"2.0","id":${id},"result":${result}}`;

/** A JSON-RPC error (JSON-RPC 2.0, section 5.1). `id` is raw JSON text, `null` where it could not be read. */
export function rpcError(id: string, code: number, message: string, data?: unknown): string {
  return `{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify({ code, message, data })}}`;
}

/** A JSON answer. `body` is JSON text. */
export function json(status: number, body: string, headers?: Record<string, string>): Response {
  return new Response(body, { status, headers: headers ? { ...JSON_HEADERS, ...headers } : JSON_HEADERS });
}

/** A refusal before any message was read: JSON-RPC shaped, because MCP clients show that message. */
export function refuse(
  status: number,
  message: string,
  headers?: Record<string, string>,
  code: number = RPC.invalidRequest,
): Response {
  return json(status, rpcError("null", code, message), headers);
}

/**
 * One answer for every bad credential (missing, malformed, unknown, forged, revoked, expired), so nothing can be probed.
 * On `/ws/<slug>/mcp` the challenge says where to sign in (RFC 9728, section 5.1), and names an error only where a credential was
 * sent (RFC 6750, section 3.1).
 */
export function unauthorized(endpoint: Endpoint, origin: string, sent: boolean): Response {
  const challenge =
    endpoint.name !== "mcp"
      ? 'Bearer error="invalid_token"'
      : `Bearer resource_metadata="${metadataUrlOf(origin, endpoint.slug)}", scope="${SCOPE}"${sent ? ', error="invalid_token"' : ""}`;
  return refuse(401, "A valid workspace token is needed: Authorization: Bearer mwt_…", {
    "www-authenticate": challenge,
  });
}

/** No such endpoint; a good credential at a slug that is not its own gets it too, whether that workspace exists or not. */
export const notFound = (): Response =>
  refuse(404, "There is no such endpoint. A workspace answers at /ws/<slug>/sse and /ws/<slug>/mcp.");

/** Too many bad credentials from one address. @param seconds until the next one is looked at */
export function tooManyBadCredentials(seconds: number): Response {
  return refuse(429, "Too many wrong credentials came from this address. Check the token, then try again.", {
    "retry-after": String(seconds),
  });
}

/** 405 with the methods that the endpoint has. */
export const methodNotAllowed = (): Response => refuse(405, "Use POST, GET or DELETE.", { allow: "POST, GET, DELETE" });

/**
 * What one request came to that failed in the gateway itself: 503 where it could not be recorded, else 500. `id` is raw
 * JSON text.
 */
export function failed(log: Log, id: string, error: unknown): Response {
  log.error("gateway.failed", errorFields(error));
  if (error instanceof UnavailableError) return unavailable(id);
  return json(500, rpcError(id, RPC.internalError, "Internal error."));
}

/** The log of calls cannot be written: nothing is dispatched (audit before effect). */
function unavailable(id: string): Response {
  return json(
    503,
    rpcError(id, RPC.internalError, "The gateway cannot record calls right now, so it makes none. Try again shortly."),
    {
      "retry-after": "2",
    },
  );
}
