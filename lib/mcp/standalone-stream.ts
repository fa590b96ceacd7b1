import { LIMITS } from "@/lib/limits";
import { startDeadline } from "./deadline";
import { type Incoming, readMessage } from "./envelope";
import { type Link, openGet, SessionLost } from "./post";
import { resumedEvents } from "./resume";
import type { UpstreamError } from "./transport";
import type { Wire } from "./wire";

const READY_MS = 500; // how long a request waits for the stream that its upstream may ask on

/** One reading of the stream. */
interface Reading {
  /** Resolves once it ended, with what it broke by; null where the server or we ended it. */
  ended: Promise<UpstreamError | null>;
  abort(): void;
}

interface Opening {
  link: Link;
  reading: Promise<Reading>;
  /** Resolves once it is open, has failed, or takes too long to wait for. */
  ready: Promise<void>;
}

/**
 * The one GET stream of a Streamable HTTP session, shared by whoever needs it: a listener, and requests whose upstream
 * may ask something outside of their own streams. Opened when first needed.
 */
export class StandaloneStream {
  #opening: Opening | null = null;
  /** The server said that it has none. */
  #absent = false;
  constructor(
    private readonly wire: Wire,
    private readonly hear: (message: Incoming, link: Link) => void,
  ) {}

  /** Opens it unless it is open. @throws UpstreamError, `status` 405 where there is none; SessionLost */
  open(link: Link): Promise<Reading> {
    return this.#begin(link).reading;
  }

  /** Sees to it that it is open where there is one; waits a moment at most, and only while it is being opened. */
  async ready(link: Link): Promise<void> {
    if (!this.#absent) await this.#begin(link).ready;
  }

  #begin(link: Link): Opening {
    if (this.#opening?.link === link) return this.#opening;
    this.close(); // it belonged to a session that was lost
    const reading = this.#start(link);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, READY_MS);
    });
    const settled = reading.then(
      () => clearTimeout(timer),
      () => clearTimeout(timer),
    );
    const opening = { link, reading, ready: Promise.race([settled, late]) };
    this.#opening = opening;
    const forget = () => {
      if (this.#opening === opening) this.#opening = null;
    };
    reading.then(({ ended }) => ended).then(forget, forget);
    return opening;
  }

  async #start(link: Link): Promise<Reading> {
    const deadline = startDeadline(LIMITS.probeMs);
    const { signal } = deadline;
    try {
      const first = await openGet(this.wire, link, signal);
      deadline.hold(); // it stays open for as long as it likes
      const again = (lastEventId: string) => openGet(this.wire, link, signal, lastEventId).catch(() => null);
      const events = resumedEvents(first, { again, signal, done: false });
      const read = async () => {
        for await (const event of events)
          if (event.event === "message" && event.data !== "") this.hear(readMessage(event.data), link);
      };
      const ended = read().then(
        () => null,
        (error: unknown) => (signal.aborted ? null : deadline.failure(error)),
      );
      void ended.finally(deadline.release);
      return { ended, abort: deadline.abort };
    } catch (error) {
      deadline.abort();
      deadline.release();
      if (error instanceof SessionLost) throw error;
      const failure = deadline.failure(error);
      if (failure.reason === "status" && failure.status !== undefined && failure.status < 500) this.#absent = true;
      throw failure;
    }
  }

  /** Closes it, where it is open. */
  close(): void {
    this.#opening?.reading.then(
      ({ abort }) => abort(),
      () => undefined,
    );
    this.#opening = null;
  }
}
