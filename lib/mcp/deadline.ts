import { UpstreamError } from "./transport";

/** Bounds one exchange with an upstream: ends it when time is up or when the caller goes away, and tells which it was. */
export interface Deadline {
  /** For the transport; aborting it closes the connection. */
  readonly signal: AbortSignal;
  /** Why it ended early; null while it runs. */
  readonly ended: "timeout" | "aborted" | null;
  /** ms left. */
  remaining(): number;
  /** Stops the clock, for a time that is not the upstream's (somebody is asked), until the returned function is called. */
  hold(): () => void;
  /** What to throw for an error that came up meanwhile. */
  failure(error: unknown): UpstreamError;
  /** Closes the connection now. */
  abort(): void;
  /** Stops the clock and lets go of the caller's signal; the connection stays. */
  release(): void;
}

/** @param ms from now; @param caller ends the exchange too */
export function startDeadline(ms: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController();
  let ended: Deadline["ended"] = null;
  const end = (why: "timeout" | "aborted") => {
    ended ??= why;
    controller.abort();
  };
  const onAbort = () => end("aborted");
  const clock = startClock(ms, () => end("timeout"));
  if (caller?.aborted) onAbort();
  else caller?.addEventListener("abort", onAbort, { once: true });
  return {
    signal: controller.signal,
    get ended() {
      return ended;
    },
    remaining: clock.remaining,
    hold: clock.hold,
    failure: (error) => {
      if (ended === "timeout")
        return new UpstreamError("timeout", "The server did not answer in time", undefined, { cause: error });
      if (ended === "aborted")
        return new UpstreamError("aborted", "The request was cancelled", undefined, { cause: error });
      return error instanceof UpstreamError
        ? error
        : new UpstreamError("unreachable", "The server cannot be reached", undefined, { cause: error });
    },
    abort: () => controller.abort(),
    release: () => {
      clock.stop();
      caller?.removeEventListener("abort", onAbort);
    },
  };
}

/** A timer that can be held, by several at once. */
function startClock(ms: number, ring: () => void) {
  let left = ms;
  let startedAt = performance.now();
  let holders = 0;
  let stopped = false;
  let timer = setTimeout(ring, ms);
  const remaining = () => (holders > 0 ? left : Math.max(0, left - (performance.now() - startedAt)));
  return {
    remaining,
    hold: () => {
      if (holders === 0) {
        left = remaining();
        clearTimeout(timer);
      }
      holders++;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        if (--holders > 0 || stopped) return;
        startedAt = performance.now();
        timer = setTimeout(ring, left);
      };
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
