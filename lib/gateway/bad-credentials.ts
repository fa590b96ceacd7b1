import { BoundedMap } from "./bounded-map";

const EVERY_MS = 200; // five a second in the long run
const BURST = 100;

/**
 * Counts bad credentials by source address (GCRA: one time an address, no list of hits). Guessing 256 bits is hopeless;
 * this keeps a flood of guesses from costing database reads and log lines. Good credentials are never held up, so
 * everyone else behind the same address keeps working.
 */
export class BadCredentials {
  /** When each address would be back at nothing, ms. */
  readonly #clearAt = new BoundedMap<string, number>(10_000);
  constructor(private readonly now: () => number) {}

  /** Counts one. Seconds to wait when the address has had too many, else 0. */
  strike(source: string): number {
    const now = this.now();
    const known = this.#clearAt.get(source) ?? 0;
    // Further ahead than the burst it can only be if the clock went back.
    const from = known > now && known <= now + BURST * EVERY_MS ? known : now;
    const clearAt = from + EVERY_MS;
    const wait = clearAt - now - BURST * EVERY_MS;
    if (wait > 0) return Math.ceil(wait / 1_000);
    this.#clearAt.set(source, clearAt);
    return 0;
  }
}
