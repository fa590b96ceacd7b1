import { startDeadline } from "./deadline";
import { writeNotification, writeRequest } from "./envelope";
import { exchange, type Link, NOTIFY_MS, post, SessionLost, send } from "./exchange";
import { INITIALIZE_PARAMS, readInitialize } from "./handshake";
import { UpstreamError } from "./transport";
import type { RequestOptions, UpstreamInfo, UpstreamReply, UpstreamSession } from "./upstream";
import { headersFor, type Wire, withHeaders } from "./wire";

/** A session over Streamable HTTP (2025-03-26 and later). @throws UpstreamError */
export async function openStreamable(wire: Wire, deadlineMs: number, signal?: AbortSignal): Promise<UpstreamSession> {
  return new StreamableSession(wire, await initialize(wire, deadlineMs, signal));
}

async function initialize(wire: Wire, deadlineMs: number, signal?: AbortSignal): Promise<Link> {
  const deadline = startDeadline(deadlineMs, signal);
  try {
    const { reply, sessionId } = await exchange(
      wire,
      null,
      writeRequest(0, "initialize", INITIALIZE_PARAMS),
      {},
      deadline,
    );
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

class StreamableSession implements UpstreamSession {
  closed = false;
  #nextId = 1;
  #renewing: Promise<Link> | null = null;
  constructor(
    private readonly wire: Wire,
    private link: Link,
  ) {}

  get info(): UpstreamInfo {
    return this.link.info;
  }

  async request(method: string, paramsJson: string | undefined, options: RequestOptions): Promise<UpstreamReply> {
    const out = writeRequest(this.#nextId++, method, paramsJson);
    const deadline = startDeadline(options.deadlineMs, options.signal);
    const { link } = this;
    const wire = withHeaders(this.wire, options.headers);
    try {
      try {
        return (await exchange(wire, link, out, options, deadline)).reply;
      } catch (error) {
        if (!(error instanceof SessionLost)) throw error;
        const fresh = await this.#renew(link, deadline.remaining());
        return (await exchange(wire, fresh, out, options, deadline)).reply;
      }
    } catch (error) {
      if (deadline.ended)
        send(
          this.wire,
          this.link,
          writeNotification("notifications/cancelled", { requestId: out.id, reason: deadline.ended }),
        );
      if (error instanceof SessionLost) throw new UpstreamError("status", "The server lost its session again", 404);
      // A reply cut short leaves its connection unusable.
      deadline.abort();
      throw deadline.failure(error);
    } finally {
      deadline.release();
    }
  }

  /** Begins a new session in place of a lost one; requests that lost the same one share it. */
  async #renew(lost: Link, deadlineMs: number): Promise<Link> {
    if (this.link !== lost) return this.link;
    this.#renewing ??= initialize(this.wire, deadlineMs).finally(() => {
      this.#renewing = null;
    });
    this.link = await this.#renewing;
    return this.link;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    const { sessionId, info } = this.link;
    if (!sessionId) return;
    const deadline = startDeadline(NOTIFY_MS);
    const { transport, target } = this.wire;
    headersFor(this.wire, { "mcp-session-id": sessionId, "mcp-protocol-version": info.protocolVersion })
      .then((headers) => transport({ method: "DELETE", url: target.url, headers, signal: deadline.signal }))
      .then((response) => response.discard())
      .catch(() => undefined)
      .finally(deadline.release);
  }
}
