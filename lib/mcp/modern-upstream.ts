import { startDeadline } from "./deadline";
import { exchange } from "./exchange";
import { MODERN, type ModernOutgoing, writeModern } from "./modern-envelope";
import { readListen } from "./modern-listen";
import { RPC } from "./protocol";
import { envelopeOf } from "./request-meta";
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

/** Sessions of 2026-07-28 are ours alone: every request carries what the server needs to know, and none depends on another. */
export class ModernSession implements UpstreamSession {
  readonly era = "modern";
  closed = false;
  #nextId = 1;
  #running = 0;
  readonly #envelope: string;
  readonly #listening = new Set<AbortController>();
  constructor(
    private readonly wire: Wire,
    readonly info: UpstreamInfo,
    profile?: ClientProfile,
  ) {
    this.#envelope = envelopeOf(profile?.capabilities ?? {});
  }

  get busy(): boolean {
    return this.#running > 0 || this.#listening.size > 0;
  }

  async request(method: string, paramsJson: string | undefined, options: RequestOptions): Promise<UpstreamReply> {
    let out: ModernOutgoing;
    try {
      out = writeModern(this.#nextId++, method, paramsJson, this.#envelope);
    } catch {
      return INVALID;
    }
    const deadline = startDeadline(options.deadlineMs, options.signal);
    this.#running++;
    const { onNotification, maxBytes } = options;
    const headers = { ...options.paramHeaders, ...out.headers };
    const wire = withHeaders(this.wire, options.headers);
    try {
      const { reply } = await exchange(wire, MODERN, out, { onNotification, maxBytes }, deadline, headers);
      if (showsOldServer(reply)) this.closed = true;
      return reply;
    } catch (error) {
      if (isOldRefusal(error)) this.closed = true;
      // Closing the stream is what cancels; a reply cut short leaves its connection unusable besides.
      deadline.abort();
      throw deadline.failure(error);
    } finally {
      this.#running--;
      deadline.release();
    }
  }

  notify(): void {
    // 2026-07-28 knows no notification of a client that we would pass on.
  }

  async listen(options: ListenOptions): Promise<void> {
    // `AbortSignal.any` is not to be had on the edge runtime.
    const ending = new AbortController();
    const end = () => ending.abort();
    if (options.signal.aborted) end();
    options.signal.addEventListener("abort", end, { once: true });
    this.#listening.add(ending);
    const out = (params: string) => writeModern(this.#nextId++, "subscriptions/listen", params, this.#envelope);
    try {
      await readListen(this.wire, out, options, ending.signal);
    } finally {
      options.signal.removeEventListener("abort", end);
      this.#listening.delete(ending);
    }
  }

  close(): void {
    this.closed = true;
    for (const ending of this.#listening) ending.abort();
  }
}

const INVALID: UpstreamReply = {
  kind: "error",
  json: JSON.stringify({ code: RPC.invalidParams, message: "The params are no unambiguous JSON object" }),
  httpStatus: 400,
};

/** A server that was set back to an older release says so by refusing the version, or by asking for a session. */
function showsOldServer({ kind, json, httpStatus }: UpstreamReply): boolean {
  if (kind !== "error" || httpStatus !== 400) return false;
  const { code } = JSON.parse(json) as { code?: unknown };
  return code === RPC.unsupportedVersion || code === -32000;
}

const isOldRefusal = (error: unknown): boolean =>
  error instanceof UpstreamError && error.reason === "status" && [400, 404, 405, 406].includes(error.status ?? 0);
