import { LIMITS } from "@/lib/limits";
import { type Deadline, startDeadline } from "./deadline";
import {
  type Incoming,
  progressTokenOf,
  readMessage,
  restoreToken,
  writeCancelled,
  writeNotification,
  writeRequest,
} from "./envelope";
import { initializeParams, readInitialize } from "./handshake";
import type { OpenOptions } from "./initialize";
import { NOTIFY_MS } from "./post";
import { decodeEvents } from "./sse";
import { Strays } from "./strays";
import { Subscriptions } from "./subscriptions";
import { UpstreamError } from "./transport";
import type { ListenOptions, RequestOptions, UpstreamInfo, UpstreamReply, UpstreamSession } from "./upstream";
import { headersFor, mediaType, statusError, type Wire, withHeaders } from "./wire";

interface Waiting {
  resolve(reply: UpstreamReply): void;
  reject(error: unknown): void;
  options: Pick<RequestOptions, "onNotification" | "maxBytes">;
  token: string | null;
}

/** A session over HTTP+SSE (2024-11-05): one GET stream that carries every answer, POSTs for what we say. @throws UpstreamError */
export async function openSse(wire: Wire, { deadlineMs, signal, profile }: OpenOptions): Promise<UpstreamSession> {
  const deadline = startDeadline(deadlineMs, signal);
  const session = new SseSession(wire);
  const end = () => session.close();
  deadline.signal.addEventListener("abort", end, { once: true });
  try {
    await session.connect();
    const params = initializeParams(profile);
    const reply = await session.request("initialize", params, { deadlineMs: deadline.remaining() });
    session.info = readInitialize(reply);
    await session.post(writeNotification("notifications/initialized"), deadline.signal);
    return session;
  } catch (error) {
    session.close();
    throw deadline.failure(error);
  } finally {
    deadline.signal.removeEventListener("abort", end);
    deadline.release();
  }
}

class SseSession implements UpstreamSession {
  readonly era = "legacy";
  closed = false;
  info: UpstreamInfo = { protocolVersion: "", serverInfo: null, capabilities: {} };
  #endpoint = "";
  #nextId = 0;
  readonly #stream = new AbortController();
  readonly #waiting = new Map<string, Waiting>();
  readonly #strays = new Strays();
  readonly #subscriptions = new Subscriptions(this);
  #ended: (error: unknown) => void = () => {};
  /** Resolves with what the stream ended by. */
  readonly #end = new Promise<unknown>((resolve) => {
    this.#ended = resolve;
  });
  constructor(private readonly wire: Wire) {}

  get busy(): boolean {
    return this.#strays.busy;
  }

  /** Opens the stream and waits for its `endpoint` event; a reader goes on in the background from there. */
  async connect(): Promise<void> {
    const { transport, target } = this.wire;
    const headers = await headersFor(this.wire, { accept: "text/event-stream" });
    const response = await transport({ method: "GET", url: target.url, headers, signal: this.#stream.signal });
    if (response.status !== 200 || mediaType(response) !== "text/event-stream") {
      response.discard();
      throw response.status === 200
        ? new UpstreamError("not_mcp", "The server opens no event stream", 200)
        : statusError(response.status);
    }
    const events = decodeEvents(response.stream(), LIMITS.responseBytes);
    const first = await events.next();
    if (first.done || first.value.event !== "endpoint") {
      this.close();
      throw new UpstreamError("not_mcp", "The server's stream does not begin with its endpoint");
    }
    this.#endpoint = sameOrigin(first.value.data, target.url);
    void this.#read(events);
  }

  async #read(events: AsyncGenerator<{ event?: string; data: string }, void, void>): Promise<void> {
    let failure: unknown = new UpstreamError("unreachable", "The server closed its stream");
    try {
      for await (const event of events)
        if (event.event === "message" && event.data !== "") this.#receive(readMessage(event.data));
    } catch (error) {
      failure = error;
    }
    this.#finish(failure);
  }

  #receive(message: Incoming): void {
    if (message.kind === "reply") this.#settle(message);
    else if (message.kind === "notification") this.#notify(message);
    else
      void this.#strays.answer(message).then((body) => {
        if (body !== null) this.#send(body);
      });
  }

  #settle(reply: Extract<Incoming, { kind: "reply" }>): void {
    const waiting = this.#waiting.get(reply.id);
    if (reply.json.length > (waiting?.options.maxBytes ?? LIMITS.responseBytes))
      waiting?.reject(new UpstreamError("too_large", "The server's answer is too large"));
    else waiting?.resolve({ kind: reply.member, json: reply.json, httpStatus: 200 });
  }

  /** One stream serves every caller: progress names its request, all else is a stray. */
  #notify(notification: { method: string; json: string }): void {
    const token = progressTokenOf(notification);
    if (token === null) this.#strays.notify(notification);
    const waiting = token === null ? undefined : this.#waiting.get(token);
    if (waiting?.token) waiting.options.onNotification?.(restoreToken(notification.json, waiting.token));
  }

  async request(method: string, paramsJson: string | undefined, options: RequestOptions): Promise<UpstreamReply> {
    const out = writeRequest(this.#nextId++, method, paramsJson);
    const id = String(out.id);
    const deadline = startDeadline(options.deadlineMs, options.signal);
    const over = this.#strays.run(options, deadline);
    try {
      return await new Promise<UpstreamReply>((resolve, reject) => {
        if (this.closed) return reject(new UpstreamError("unreachable", "The server's stream is closed"));
        this.#waiting.set(id, { resolve, reject, options, token: out.token });
        deadline.signal.addEventListener("abort", () => reject(new Error("ended")), { once: true });
        if (deadline.signal.aborted) return reject(new Error("ended"));
        this.post(out.body, deadline.signal, options.headers).catch(reject);
      });
    } catch (error) {
      if (deadline.ended && method !== "initialize") this.#send(writeCancelled(out.id, deadline.ended));
      throw deadline.failure(error);
    } finally {
      this.#waiting.delete(id);
      over();
      deadline.release();
    }
  }

  /** Sends one message; its answer, where there is one, comes on the stream. */
  async post(body: string, signal: AbortSignal, filled?: Record<string, string>): Promise<void> {
    const own: Record<string, string> = {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    };
    if (this.info.protocolVersion) own["mcp-protocol-version"] = this.info.protocolVersion;
    const headers = await headersFor(withHeaders(this.wire, filled), own);
    const response = await this.wire.transport({ method: "POST", url: this.#endpoint, headers, body, signal });
    response.discard();
    if (response.status < 200 || response.status > 299) throw statusError(response.status);
  }

  #send(body: string): void {
    if (this.closed) return;
    const deadline: Deadline = startDeadline(NOTIFY_MS);
    this.post(body, deadline.signal)
      .catch(() => undefined)
      .finally(deadline.release);
  }

  notify(method: string, paramsJson?: string): void {
    this.#send(writeNotification(method, paramsJson));
  }

  async listen(options: ListenOptions): Promise<void> {
    const { signal } = options;
    const over = this.#strays.listen(options);
    let stop = () => {};
    const stopped = new Promise<null>((resolve) => {
      stop = () => resolve(null);
      signal.addEventListener("abort", stop, { once: true });
    });
    try {
      await this.#subscriptions.follow(options.filter.resources, this);
      if (signal.aborted) return;
      if (!this.closed) options.onOpen?.();
      const failure = await Promise.race([this.#end, stopped]);
      if (failure !== null) throw asFailure(failure);
    } finally {
      signal.removeEventListener("abort", stop);
      over();
    }
  }

  #finish(error: unknown): void {
    this.closed = true;
    this.#stream.abort();
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
    this.#ended(error);
  }

  close(): void {
    if (!this.closed) this.#finish(new UpstreamError("aborted", "The session was closed"));
  }
}

const asFailure = (error: unknown): UpstreamError =>
  error instanceof UpstreamError
    ? error
    : new UpstreamError("unreachable", "The server's stream broke", undefined, { cause: error });

/** The endpoint that a stream names. @throws UpstreamError unless it is on the origin that the secrets are bound to */
function sameOrigin(endpoint: string, base: string): string {
  const url = URL.canParse(endpoint, base) ? new URL(endpoint, base) : null;
  if (url?.origin !== new URL(base).origin || url.username || url.password) {
    throw new UpstreamError("not_mcp", "The server's stream names an endpoint on another origin");
  }
  return url.href;
}
