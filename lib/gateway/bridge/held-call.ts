import { splice, topLevelSpans } from "@/lib/mcp/json-span";
import type { ClientReply, ServerRequest } from "@/lib/mcp/upstream";
import type { Answer } from "../answer";
import type { Scope } from "../scope";
import { translateRequest } from "./input-required";

/** A question of the server that nobody has answered yet. */
interface Pending {
  key: string;
  request: ServerRequest;
  resolve(reply: ClientReply): void;
}

/** Who waits for a held call right now. */
export interface Attached {
  emit(notification: string): void;
  /** Raw progress token of that request; null: it asked for no progress. */
  token: string | null;
}

/** What a held call came to: its answer, or questions that must be answered first. */
export type Progress = { answer: Answer } | { asked: { key: string; request: ServerRequest }[] };

/**
 * A call of an older server that goes on while its modern client is asked by one HTTP answer and answers by another
 * request. It has an abort signal of its own, since the request that began it is over as soon as a question is out.
 */
export class HeldCall {
  readonly id = crypto.randomUUID();
  readonly client = new AbortController();
  readonly #pending = new Map<string, Pending>();
  #count = 0;
  #outcome: Promise<Answer> | null = null;
  #over = false;
  #attached: Attached | null = null;
  readonly #waiting = new Set<() => void>();

  /**
   * Runs the call with a scope whose questions are kept here.
   * @param mayAsk called before each question; false: nothing more may be held
   */
  start(scope: Scope, mayAsk: () => boolean, work: (scope: Scope) => Promise<Answer>): void {
    const held: Scope = {
      ...scope,
      client: this.client,
      emit: (notification) => this.#emit(notification),
      ask: (request) => (mayAsk() ? this.#ask(request) : Promise.reject(new Error("Too many calls are held"))),
    };
    this.#outcome = work(held).finally(() => {
      this.#over = true;
      this.#wake();
    });
    this.#outcome.catch(() => undefined); // whoever waits hears of it
  }

  /** Takes answers by key; keys that nobody asked for are passed over. */
  take(responses: Iterable<[key: string, json: string]>): void {
    for (const [key, json] of responses) {
      const pending = this.#pending.get(key);
      this.#pending.delete(key);
      pending?.resolve({ kind: "result", json });
    }
  }

  /**
   * Waits for the answer or for questions, with `attached` in the place of whoever waited before; closing `signal` ends
   * the call. @throws what the call throws
   */
  async next(attached: Attached, signal: AbortSignal): Promise<Progress> {
    const leave = () => this.abort();
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    this.#attached = attached;
    try {
      for (;;) {
        if (this.#over && this.#outcome) return { answer: await this.#outcome };
        if (this.#pending.size > 0) {
          await new Promise((resolve) => setTimeout(resolve)); // several questions often come together
          if (this.#pending.size > 0 && !this.#over)
            return { asked: [...this.#pending.values()].map(({ key, request }) => ({ key, request })) };
          continue;
        }
        await new Promise<void>((resolve) => this.#waiting.add(resolve));
      }
    } finally {
      signal.removeEventListener("abort", leave);
      if (this.#attached === attached) this.#attached = null;
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  /** Ends the call at its server. */
  abort(): void {
    this.client.abort();
  }

  /** Resolves once the call is over, however it went. */
  async ended(): Promise<void> {
    await this.#outcome?.catch(() => undefined);
  }

  #ask(request: ServerRequest): Promise<ClientReply> {
    const key = `ask-${++this.#count}`;
    return new Promise((resolve, reject) => {
      this.#pending.set(key, { key, request: translateRequest(request, "modern"), resolve });
      this.client.signal.addEventListener("abort", () => reject(new Error("The client gave no answer")), {
        once: true,
      });
      this.#wake();
    });
  }

  #emit(notification: string): void {
    if (!this.#attached) return;
    const text = withToken(notification, this.#attached.token);
    if (text !== null) this.#attached.emit(text);
  }
}

/** A progress notification under the token of the request that waits now; null where that one wants none. */
function withToken(notification: string, token: string | null): string | null {
  if (!notification.includes('"notifications/progress"')) return notification;
  const params = topLevelSpans(notification).get("params");
  if (!params || token === null) return null;
  const span = topLevelSpans(notification.slice(params.valueStart, params.valueEnd)).get("progressToken");
  if (!span) return null;
  const start = params.valueStart + span.valueStart;
  return splice(notification, [{ start, end: params.valueStart + span.valueEnd, text: token }]);
}
