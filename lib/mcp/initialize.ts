import { startDeadline } from "./deadline";
import { writeNotification, writeRequest } from "./envelope";
import { exchange } from "./exchange";
import { initializeParams, readInitialize } from "./handshake";
import { type Link, post, SessionLost } from "./post";
import { UpstreamError } from "./transport";
import type { ClientProfile } from "./upstream";
import type { Wire } from "./wire";

/** How to begin a session; all of it within `deadlineMs`. */
export interface OpenOptions {
  deadlineMs: number;
  signal?: AbortSignal;
  profile?: ClientProfile;
}

/** `initialize` and `notifications/initialized` over Streamable HTTP. @throws UpstreamError */
export async function initialize(wire: Wire, { deadlineMs, signal, profile }: OpenOptions): Promise<Link> {
  const deadline = startDeadline(deadlineMs, signal);
  try {
    const out = writeRequest(0, "initialize", initializeParams(profile));
    const { reply, sessionId } = await exchange(wire, null, out, {}, deadline);
    const link = { info: readInitialize(reply), sessionId };
    (await post(wire, link, writeNotification("notifications/initialized"), deadline.signal)).discard();
    return link;
  } catch (error) {
    deadline.abort();
    throw error instanceof SessionLost
      ? new UpstreamError("not_mcp", "The server lost its own session")
      : deadline.failure(error);
  } finally {
    deadline.release();
  }
}
