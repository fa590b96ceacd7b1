import { LIMITS } from "@/lib/limits";
import { startDeadline } from "./deadline";
import { type Incoming, writeCancelled, writeNotification, writeRequest } from "./envelope";
import { exchange } from "./exchange";
import { initialize, type OpenOptions } from "./initialize";
import { endSession, type Link, SessionLost, send } from "./post";
import { RPC } from "./protocol";
import { StandaloneStream } from "./standalone-stream";
import { Strays } from "./strays";
import { Subscriptions } from "./subscriptions";
import { UpstreamError } from "./transport";
import type {
  ClientProfile,
  ListenOptions,
  RequestOptions,
  UpstreamInfo,
  UpstreamReply,
  UpstreamSession,
} from "./upstream";
import { type Wire, withHeaders } from "./wire";

/** A session over Streamable HTTP (2025-03-26 to 2025-11-25). @throws UpstreamError */
export async function openStreamable(wire: Wire, options: OpenOptions): Promise<UpstreamSession> {
  return new StreamableSession(wire, await initialize(wire, options), options.profile);
}

class StreamableSession implements UpstreamSession {
  readonly era = "legacy";
  closed = false;
  #nextId = 1;
  #renewing: Promise<Link> | null = null;
  readonly #strays = new Strays();
  readonly #stream: StandaloneStream;
  readonly #subscriptions = new Subscriptions(this);
  constructor(
    private readonly wire: Wire,
    private link: Link,
    private readonly profile?: ClientProfile,
  ) {
    this.#stream = new StandaloneStream(wire, (message, from) => this.#hear(message, from));
  }

  get busy(): boolean {
    return this.#strays.busy;
  }

  get info(): UpstreamInfo {
    return this.link.info;
  }

  async request(method: string, paramsJson: string | undefined, options: RequestOptions): Promise<UpstreamReply> {
    const out = writeRequest(this.#nextId++, method, paramsJson);
    const deadline = startDeadline(options.deadlineMs, options.signal);
    const wire = withHeaders(this.wire, options.headers);
    const over = this.#strays.run(options, deadline);
    try {
      // Many servers ask by the standalone stream whatever they ask, and drop it where there is none.
      if (options.onRequest && this.link.sessionId) await this.#stream.ready(this.link);
      const reply = await this.#withSession(
        async (link) => (await exchange(wire, link, out, options, deadline)).reply,
        deadline.remaining,
      );
      if (refusesRevision(reply)) this.closed = true;
      return reply;
    } catch (error) {
      if (deadline.ended) send(this.wire, this.link, writeCancelled(out.id, deadline.ended));
      // A reply cut short leaves its connection unusable.
      deadline.abort();
      throw deadline.failure(error);
    } finally {
      over();
      deadline.release();
    }
  }

  /** Does something under the session, and once more under a new one where the server has lost it. */
  async #withSession<T>(act: (link: Link) => Promise<T>, remaining: () => number): Promise<T> {
    const { link } = this;
    try {
      return await act(link);
    } catch (error) {
      if (!(error instanceof SessionLost)) throw error;
    }
    const fresh = await this.#renew(link, remaining());
    return act(fresh).catch((error: unknown) => {
      throw error instanceof SessionLost
        ? new UpstreamError("status", "The server lost its session again", 404)
        : error;
    });
  }

  /** Begins a new session in place of a lost one; requests that lost the same one share it. */
  async #renew(lost: Link, deadlineMs: number): Promise<Link> {
    if (this.link !== lost) return this.link;
    this.#renewing ??= initialize(this.wire, { deadlineMs, profile: this.profile }).finally(() => {
      this.#renewing = null;
    });
    try {
      this.link = await this.#renewing;
    } catch (error) {
      this.closed = true; // it may be another server by now, even of another era
      throw error;
    }
    return this.link;
  }

  /** What came by the standalone stream. */
  #hear(message: Incoming, link: Link): void {
    if (message.kind === "notification") this.#strays.notify(message);
    if (message.kind === "request")
      void this.#strays.answer(message).then((body) => {
        if (body !== null) send(this.wire, link, body);
      });
  }

  notify(method: string, paramsJson?: string): void {
    if (!this.closed) send(this.wire, this.link, writeNotification(method, paramsJson));
  }

  async listen(options: ListenOptions): Promise<void> {
    const over = this.#strays.listen(options);
    const { signal } = options;
    let stop = () => {};
    const stopped = new Promise<null>((resolve) => {
      stop = () => resolve(null);
      signal.addEventListener("abort", stop, { once: true });
    });
    try {
      if (signal.aborted) return;
      const reading = await this.#withSession(
        (link) => this.#stream.open(link),
        () => LIMITS.probeMs,
      );
      await this.#subscriptions.follow(options.filter.resources, this.link);
      if (!signal.aborted) options.onOpen?.();
      const failure = signal.aborted ? null : await Promise.race([reading.ended, stopped]);
      if (failure) throw failure;
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener("abort", stop);
      over();
      if (!this.#strays.needed) this.#stream.close();
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#stream.close();
    endSession(this.wire, this.link);
  }
}

/** The server was replaced by one that speaks newer revisions only. */
function refusesRevision({ kind, json, httpStatus }: UpstreamReply): boolean {
  if (kind !== "error" || httpStatus !== 400) return false;
  return (JSON.parse(json) as { code?: unknown }).code === RPC.unsupportedVersion;
}
