import { LIMITS } from "@/lib/limits";
import { startDeadline } from "./deadline";
import { decodeEvents, type SseEvent } from "./sse";
import { UpstreamError, type UpstreamResponse } from "./transport";
import type { UpstreamInfo } from "./upstream";
import { headersFor, mediaType, statusError, type Wire } from "./wire";

const ACCEPT = "application/json, text/event-stream";
export const NOTIFY_MS = 5_000; // for messages that nobody waits for

/** What one `initialize` or `server/discover` agreed on. A new object after each, so that a request knows whether its own one is stale. */
export interface Link {
  info: UpstreamInfo;
  /** Null where the server keeps no sessions, as in 2026-07-28. */
  sessionId: string | null;
}

/** The upstream no longer knows the session: it refused the request, so sending it again is safe. */
export class SessionLost extends Error {}

/** The protocol's own headers of a session; none before there is one. */
function linkHeaders(link: Link | null): Record<string, string> {
  if (!link) return {};
  const version = { "mcp-protocol-version": link.info.protocolVersion };
  return link.sessionId ? { ...version, "mcp-session-id": link.sessionId } : version;
}

/** POSTs one message under the session. @param more headers of this message alone */
export async function post(
  wire: Wire,
  link: Link | null,
  body: string,
  signal: AbortSignal,
  more: Record<string, string> = {},
): Promise<UpstreamResponse> {
  const own = { "content-type": "application/json", accept: ACCEPT, ...linkHeaders(link), ...more };
  return wire.transport({ method: "POST", url: wire.target.url, headers: await headersFor(wire, own), body, signal });
}

/** Sends a message that has no reply; failures do not matter. */
export function send(wire: Wire, link: Link | null, body: string): void {
  const deadline = startDeadline(NOTIFY_MS);
  post(wire, link, body, deadline.signal)
    .then(
      (response) => response.discard(),
      () => undefined,
    )
    .finally(deadline.release);
}

/** Ends a session at the server, without waiting for it. */
export function endSession(wire: Wire, link: Link): void {
  if (!link.sessionId) return;
  const deadline = startDeadline(NOTIFY_MS);
  headersFor(wire, linkHeaders(link))
    .then((headers) => wire.transport({ method: "DELETE", url: wire.target.url, headers, signal: deadline.signal }))
    .then((response) => response.discard())
    .catch(() => undefined)
    .finally(deadline.release);
}

/**
 * Opens a session's standalone stream, or goes on with a broken one behind its last event.
 * @throws UpstreamError where the server has none (`status` 405), SessionLost
 */
export async function openGet(
  wire: Wire,
  link: Link,
  signal: AbortSignal,
  lastEventId?: string,
): Promise<AsyncGenerator<SseEvent, void, void>> {
  const own: Record<string, string> = { accept: "text/event-stream", ...linkHeaders(link) };
  if (lastEventId !== undefined) own["last-event-id"] = lastEventId;
  const headers = await headersFor(wire, own);
  const response = await wire.transport({ method: "GET", url: wire.target.url, headers, signal });
  if (response.status === 200 && mediaType(response) === "text/event-stream")
    return decodeEvents(response.stream(), LIMITS.responseBytes);
  response.discard();
  if (response.status === 404 && link.sessionId) throw new SessionLost();
  throw response.status >= 200 && response.status < 300
    ? new UpstreamError("not_mcp", "The server opens no event stream", response.status)
    : statusError(response.status);
}
