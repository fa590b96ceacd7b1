import { LIMITS } from "@/lib/limits";
import type { UpstreamSession } from "./upstream";

/** Which resources an older session is subscribed to, so that a new listener costs only what differs. */
export class Subscriptions {
  #subscribed = new Set<string>();
  #under: unknown = null;
  constructor(private readonly session: UpstreamSession) {}

  /**
   * Subscribes to exactly these URIs; what the server refuses is let be, since the rest of the stream is worth having.
   * @param under the session they hold for; under another one nothing is subscribed yet
   */
  async follow(uris: string[], under: unknown): Promise<void> {
    if (this.#under !== under) this.#subscribed = new Set();
    this.#under = under;
    const wanted = new Set(uris);
    const gone = [...this.#subscribed].filter((uri) => !wanted.has(uri));
    const fresh = [...wanted].filter((uri) => !this.#subscribed.has(uri));
    this.#subscribed = wanted;
    await Promise.all([
      ...gone.map((uri) => this.#tell("resources/unsubscribe", uri)),
      ...fresh.map((uri) => this.#tell("resources/subscribe", uri)),
    ]);
  }

  async #tell(method: string, uri: string): Promise<void> {
    const { resources } = this.session.info.capabilities as { resources?: { subscribe?: unknown } };
    if (resources?.subscribe !== true) return;
    await this.session.request(method, JSON.stringify({ uri }), { deadlineMs: LIMITS.probeMs }).catch(() => undefined);
  }
}
