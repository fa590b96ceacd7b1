import { type Asked, answerRequest } from "./answer-request";
import type { Deadline } from "./deadline";
import type { Incoming } from "./envelope";
import { UpstreamError } from "./transport";
import type { ListenOptions, RequestOptions } from "./upstream";

/** A request that is under way. */
interface Running extends Asked {
  onNotification?: RequestOptions["onNotification"];
  deadline: Deadline;
}

const ANSWERS_PER_MINUTE = 60;
/** What is said of the server's lists and not of any request. */
const OF_LISTS = /^notifications\/(?:(?:tools|prompts|resources)\/list_changed|resources\/updated)$/;

/**
 * Finds who is to hear what an older upstream says outside of any request's own stream: all of it over HTTP+SSE, and over
 * Streamable HTTP whatever comes by GET, where many servers put all they ask.
 */
export class Strays {
  readonly #running = new Set<Running>();
  #listener: ListenOptions | null = null;
  #answers = { minute: 0, count: 0 };

  /** Counts a request as under way until the returned function is called. */
  run(options: Pick<RequestOptions, "onNotification" | "onRequest">, deadline: Deadline): () => void {
    const running = { onNotification: options.onNotification, onRequest: options.onRequest, deadline };
    this.#running.add(running);
    return () => void this.#running.delete(running);
  }

  /** Makes somebody the listener until the returned function is called. @throws UpstreamError where there is one */
  listen(options: ListenOptions): () => void {
    if (this.#listener && !this.#listener.signal.aborted)
      throw new UpstreamError("aborted", "This session has a listener");
    this.#listener = options;
    return () => {
      if (this.#listener === options) this.#listener = null;
    };
  }

  /** Whether a request is under way, or somebody listens. */
  get busy(): boolean {
    return this.#listener !== null || this.#running.size > 0;
  }

  /** Whether anybody would hear it: a listener, or a request whose client can be asked. */
  get needed(): boolean {
    return this.#listener !== null || [...this.#running].some((running) => running.onRequest);
  }

  /** A notification that names no request: it belongs to the only one there is, or else to the listener. News of lists is the listener's. */
  notify({ method, json }: { method: string; json: string }): void {
    const [first, second] = this.#running;
    const alone = second === undefined ? first?.onNotification : undefined;
    if (this.#listener && (OF_LISTS.test(method) || !alone)) this.#listener.onNotification(json);
    else alone?.(json);
  }

  /**
   * The answer to a request that names no other one: asked through the request that is alone, else through the listener,
   * else through the last one that can be asked, for all of a session's requests come from one client. Null once the
   * upstream asks too much.
   */
  async answer(request: Extract<Incoming, { kind: "request" }>): Promise<string | null> {
    const minute = Math.floor(performance.now() / 60_000);
    if (this.#answers.minute !== minute) this.#answers = { minute, count: 0 };
    return this.#answers.count++ < ANSWERS_PER_MINUTE ? answerRequest(request, this.#asked()) : null;
  }

  #asked(): Asked {
    const able = [...this.#running].filter((running) => running.onRequest);
    const last = able.at(-1);
    if (able.length !== 1 && this.#listener?.onRequest) return { onRequest: this.#listener.onRequest };
    return last ?? {};
  }
}
