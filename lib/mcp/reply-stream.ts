import { answerRequest } from "./answer-request";
import type { Deadline } from "./deadline";
import { type Incoming, type Outgoing, progressTokenOf, readMessage, restoreToken } from "./envelope";
import { type Link, openGet, send } from "./post";
import { MODERN_VERSION } from "./protocol";
import { type Resumption, resumedEvents } from "./resume";
import { decodeEvents, type SseEvent } from "./sse";
import { UpstreamError, type UpstreamResponse } from "./transport";
import type { RequestOptions, UpstreamReply } from "./upstream";
import type { Wire } from "./wire";

const DRAIN_MS = 1_000; // how long a stream may end after its reply, so that its connection can be used again
const MAX_ANSWERS = 100; // to requests of the upstream within one exchange

/** One request on its way. */
export interface Turn {
  wire: Wire;
  /** Null while there is no session yet. */
  link: Link | null;
  out: Outgoing;
  options: Pick<RequestOptions, "onNotification" | "onRequest">;
  deadline: Deadline;
  maxBytes: number;
}

/**
 * Reads an event stream up to the reply; progress goes to the caller, and what the upstream asks is answered. A stream
 * of an older server that ends before it is taken up by GET.
 */
export async function readReply(turn: Turn, response: UpstreamResponse): Promise<UpstreamReply> {
  const { link, out, deadline, maxBytes } = turn;
  const modern = link?.info.protocolVersion === MODERN_VERSION;
  const resumption: Resumption = { done: false, signal: deadline.signal, again: (id) => takeUp(turn, id) };
  const first = decodeEvents(response.stream(), maxBytes, maxBytes);
  const events = link && !modern ? resumedEvents(first, resumption) : first;
  let answers = 0;
  for (let next = await events.next(); !next.done; next = await events.next()) {
    if (next.value.event !== "message" || next.value.data === "") continue;
    const message = readMessage(next.value.data);
    // A modern server asks by its result alone; there would be nowhere to answer to.
    if (message.kind === "request" && !modern && answers++ < MAX_ANSWERS) answer(turn, message);
    if (message.kind === "notification") forward(message, out, turn.options.onNotification);
    if (message.kind === "reply" && message.id === String(out.id)) {
      resumption.done = true;
      drain(events, deadline);
      return { kind: message.member, json: message.json, httpStatus: response.status };
    }
  }
  throw new UpstreamError("unreachable", "The server closed its stream before it answered", response.status);
}

async function takeUp(turn: Turn, lastEventId: string): Promise<AsyncGenerator<SseEvent, void, void> | null> {
  const { wire, link, deadline } = turn;
  return link ? openGet(wire, link, deadline.signal, lastEventId).catch(() => null) : null;
}

/** Answers in the background, for the stream goes on; nobody is told any more once the request is over. */
function answer({ wire, link, options, deadline }: Turn, message: Extract<Incoming, { kind: "request" }>): void {
  void answerRequest(message, { onRequest: options.onRequest, deadline }).then((body) => {
    if (!deadline.signal.aborted) send(wire, link, body);
  });
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
