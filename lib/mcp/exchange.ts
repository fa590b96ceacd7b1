import { LIMITS } from "@/lib/limits";
import type { Deadline } from "./deadline";
import { type Outgoing, readMessage } from "./envelope";
import { type Link, post, SessionLost } from "./post";
import { MODERN_VERSION } from "./protocol";
import { readReply } from "./reply-stream";
import { UpstreamError, type UpstreamResponse } from "./transport";
import type { RequestOptions, UpstreamReply } from "./upstream";
import { mediaType, statusError, type Wire } from "./wire";

const ERROR_BYTES = 64 << 10; // of an error's body, read to see whether it is JSON-RPC

type Exchanged = { reply: UpstreamReply; sessionId: string | null };

/**
 * One POST and its reply, be it JSON or an event stream.
 * @param link null before there is a session
 * @param more protocol headers of this request alone
 * @throws UpstreamError; SessionLost where the request may be sent again under a new session
 */
export async function exchange(
  wire: Wire,
  link: Link | null,
  out: Outgoing,
  options: Pick<RequestOptions, "onNotification" | "onRequest" | "maxBytes">,
  deadline: Deadline,
  more?: Record<string, string>,
): Promise<Exchanged> {
  const response = await post(wire, link, out.body, deadline.signal, more);
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
    return { reply: await readReply({ wire, link, out, options, deadline, maxBytes }, response), sessionId };
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
  // A modern server may refuse a request before it read the id.
  const ids = link?.info.protocolVersion === MODERN_VERSION ? [String(out.id), "null"] : [String(out.id)];
  try {
    const message = readMessage(text);
    if (message.kind === "reply" && message.member === "error" && ids.includes(message.id))
      return { kind: "error", json: message.json, httpStatus: status };
  } catch {
    // No JSON-RPC: the status speaks.
  }
  throw failure;
}
