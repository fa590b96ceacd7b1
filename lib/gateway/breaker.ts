import { UpstreamError, type UpstreamTransport } from "@/lib/mcp/transport";
import { BoundedMap } from "./bounded-map";

/** This many failures in a row, and an upstream is left alone for a while. */
const FAILURES = 5;
const REST_MS = 5_000;

interface State {
  /** In a row. */
  failures: number;
  restsUntil: number;
  /** A request is on its way that will tell whether it is well again. */
  probing: boolean;
}

/**
 * Leaves upstreams alone that fail again and again, so that calls of a dead one are refused at once and a struggling one
 * is not held down. After five failures in a row (no connection, or a status from 500 on) nothing is sent for five
 * seconds; then one request goes, and by its outcome the rest. Nothing is ever sent twice. Kept by the node alone, for each
 * server under each credential, so that no workspace can shut another's server.
 */
export class Breakers {
  readonly #states = new BoundedMap<string, State>(5_000);
  constructor(private readonly now: () => number) {}

  /** The transport as one upstream's sessions are to use it. Throws `unreachable` besides, while the upstream rests. */
  around(key: string, transport: UpstreamTransport): UpstreamTransport {
    return async (request) => {
      const state = this.#states.get(key) ?? { failures: 0, restsUntil: 0, probing: false };
      this.#states.set(key, state);
      const ill = state.failures >= FAILURES;
      if (ill && (state.probing || this.now() < state.restsUntil))
        throw new UpstreamError(
          "unreachable",
          "The server failed several times in a row and is left alone for a moment",
        );
      if (ill) state.probing = true;
      try {
        const response = await transport(request);
        this.#count(state, response.status < 500);
        return response;
      } catch (error) {
        // A client that left says nothing about the server; nor does an address that may not be called.
        const { reason } = error instanceof UpstreamError ? error : { reason: null };
        if (reason === "unreachable" || reason === "timeout") this.#count(state, false);
        throw error;
      } finally {
        if (ill) state.probing = false;
      }
    };
  }

  #count(state: State, well: boolean): void {
    state.failures = well ? 0 : state.failures + 1;
    if (state.failures >= FAILURES) state.restsUntil = this.now() + REST_MS;
  }
}
