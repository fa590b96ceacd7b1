import { LIMITS } from "@/lib/limits";
import { type Deadline, startDeadline } from "./deadline";
import { readMessage } from "./envelope";
import { MODERN, type ModernOutgoing } from "./modern-envelope";
import { post } from "./post";
import { withoutSubscription } from "./request-meta";
import { decodeEvents } from "./sse";
import { UpstreamError, type UpstreamResponse } from "./transport";
import type { ListenFilter, ListenOptions } from "./upstream";
import { mediaType, statusError, type Wire } from "./wire";

const ACKNOWLEDGED = "notifications/subscriptions/acknowledged";

/** The filter as `subscriptions/listen` takes it; what is not wanted is left out. */
const paramsOf = ({ tools, prompts, resourceList, resources }: ListenFilter): string =>
  JSON.stringify({
    notifications: {
      ...(tools && { toolsListChanged: true }),
      ...(prompts && { promptsListChanged: true }),
      ...(resourceList && { resourcesListChanged: true }),
      ...(resources.length > 0 && { resourceSubscriptions: resources }),
    },
  });

/**
 * One `subscriptions/listen` from its acknowledgement to its end: the server's result, or `signal`.
 * @throws UpstreamError where the server refuses it, or the stream breaks without a result
 */
export async function readListen(
  wire: Wire,
  write: (params: string) => ModernOutgoing,
  options: ListenOptions,
  signal: AbortSignal,
): Promise<void> {
  const out = write(paramsOf(options.filter));
  const deadline = startDeadline(LIMITS.probeMs, signal);
  try {
    const response = await post(wire, MODERN, out.body, deadline.signal, out.headers);
    await read(response, String(out.id), options, deadline);
  } catch (error) {
    if (!signal.aborted) throw deadline.failure(error);
  } finally {
    deadline.abort();
    deadline.release();
  }
}

async function read(response: UpstreamResponse, id: string, options: ListenOptions, deadline: Deadline): Promise<void> {
  const { status } = response;
  if (status !== 200 || mediaType(response) !== "text/event-stream") {
    response.discard();
    throw status >= 200 && status < 300
      ? new UpstreamError("not_mcp", "The server opens no event stream", status)
      : statusError(status);
  }
  for await (const event of decodeEvents(response.stream(), LIMITS.responseBytes)) {
    if (event.event !== "message" || event.data === "") continue;
    const message = readMessage(event.data);
    if (message.kind === "reply" && message.id === id) {
      if (message.member === "result") return;
      throw new UpstreamError("status", "The server refused to tell of its changes", status);
    }
    if (message.kind !== "notification") continue;
    if (message.method !== ACKNOWLEDGED) options.onNotification(withoutSubscription(message.json));
    else {
      deadline.hold(); // it stays open for as long as it likes
      options.onOpen?.();
    }
  }
  throw new UpstreamError("unreachable", "The server closed its stream", status);
}
