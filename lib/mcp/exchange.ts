import { LIMITS } from "@/lib/limits";
import { type Deadline, startDeadline } from "./deadline";
import { type Outgoing, progressTokenOf, readMessage, restoreToken, writeAnswer } from "./envelope";
import { decodeEvents } from "./sse";
import { UpstreamError, type UpstreamResponse } from "./transport";
import type { RequestOptions, UpstreamInfo, UpstreamReply } from "./upstream";
import { headersFor, mediaType, statusError, type Wire } from "./wire";

const ACCEPT = "application/json, text/event-stream";
const ERROR_BYTES = 64 << 10; // of an error's body, read to see whether it is JSON-RPC
const DRAIN_MS = 1_000; // how long a stream may end after its reply, so that its connection can be used again
export const NOTIFY_MS = 5_000; // for messages that nobody waits for
const MAX_ANSWERS = 20; // to requests of the upstream within one exchange

/** What one `initialize` agreed on. A new object after each, so that a request knows whether its own one is stale. */
export interface Link {
  info: UpstreamInfo;
  sessionId: string | null;
}

/** The upstream no longer knows the session: it refused the request, so sending it again is safe. */
export class SessionLost extends Error {}

/** POSTs one message under the session. */
export async function post(
  wire: Wire,
  link: Link | null,
  body: string,
  signal: AbortSignal,
): Promise<UpstreamResponse> {
  const own: Record<string, string> = { "content-type": "application/json", accept: ACCEPT };
  if (link) own["mcp-protocol-version"] = link.info.protocolVersion;
  if (link?.sessionId) own["mcp-session-id"] = link.sessionId;
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

type Exchanged = { reply: UpstreamReply; sessionId: string | null };

/** One POST and its reply, be it JSON or an event stream. */
export async function exchange(
  wire: Wire,
  link: Link | null,
  out: Outgoing,
  options: Pick<RequestOptions, "onNotification" | "maxBytes">,
  deadline: Deadline,
): Promise<Exchanged> {
  const response = await post(wire, link, out.body, deadline.signal);
  const { status } = response;
  const sessionId = response.header("mcp-session-id");
  if (status < 200 || status > 299) return { reply: await readFailure(response, link, out), sessionId };
  const type = mediaType(response);
  const maxBytes = options.maxBytes ?? LIMITS.responseBytes;
  if (type === "application/json") {
    const message = readMessage(await response.text(maxBytes));
    if (message.kind !== "reply" || message.id !== String(out.id))
      throw new UpstreamError("not_mcp", "The server answered another request", status);
    return { reply: { kind: message.member, json: message.json, httpStatus: status }, sessionId };
  }
  if (type === "text/event-stream")
    return {
      reply: await readEvents(wire, link, out, response, maxBytes, options.onNotification, deadline),
      sessionId,
    };
  response.discard();
  throw new UpstreamError(
    "not_mcp",
    status === 200
      ? "The server's answer is not MCP; check the path of its URL"
      : `The server sent no answer (HTTP ${status})`,
    status,
  );
}

/** A refusal may still be a JSON-RPC error to this request; else it is what its status says. */
async function readFailure(response: UpstreamResponse, link: Link | null, out: Outgoing): Promise<UpstreamReply> {
  const { status } = response;
  const failure = statusError(status);
  if (failure.reason !== "status" || mediaType(response) !== "application/json") {
    response.discard();
    if (status === 404 && link?.sessionId) throw new SessionLost();
    throw failure;
  }
  const text = await response.text(ERROR_BYTES).catch(() => "");
  // Some servers answer 400 where the protocol asks for 404.
  if (link?.sessionId && (status === 404 || (status === 400 && /session/i.test(text)))) throw new SessionLost();
  try {
    const message = readMessage(text);
    if (message.kind === "reply" && message.member === "error" && message.id === String(out.id))
      return { kind: "error", json: message.json, httpStatus: status };
  } catch {
    // No JSON-RPC: the status speaks.
  }
  throw failure;
}

/** Reads an event stream up to the reply; progress goes to the caller, questions of the upstream are answered. */
async function readEvents(
  wire: Wire,
  link: Link | null,
  out: Outgoing,
  response: UpstreamResponse,
  maxBytes: number,
  onNotification: RequestOptions["onNotification"],
  deadline: Deadline,
): Promise<UpstreamReply> {
  const events = decodeEvents(response.stream(), maxBytes, maxBytes);
  let answers = 0;
  for (let next = await events.next(); !next.done; next = await events.next()) {
    if (next.value.event !== "message" || next.value.data === "") continue;
    const message = readMessage(next.value.data);
    if (message.kind === "request" && answers++ < MAX_ANSWERS) send(wire, link, writeAnswer(message));
    if (message.kind === "notification") forward(message, out, onNotification);
    if (message.kind === "reply" && message.id === String(out.id)) {
      drain(events, deadline);
      return { kind: message.member, json: message.json, httpStatus: response.status };
    }
  }
  throw new UpstreamError("unreachable", "The server closed its stream before it answered", response.status);
}

function forward(
  message: { method: string; json: string },
  out: Outgoing,
  onNotification: RequestOptions["onNotification"],
): void {
  const token = progressTokenOf(message);
  if (token === null) onNotification?.(message.json);
  else if (token === String(out.id) && out.token !== null) onNotification?.(restoreToken(message.json, out.token));
}

/** Reads a finished stream to its end, so that the connection returns to its pool; closes it where the end does not come. */
function drain(events: AsyncGenerator<unknown, void, void>, deadline: Deadline): void {
  const timer = setTimeout(deadline.abort, DRAIN_MS);
  const rest = async () => {
    while (!(await events.next()).done);
  };
  rest()
    .catch(() => undefined)
    .finally(() => clearTimeout(timer));
}
