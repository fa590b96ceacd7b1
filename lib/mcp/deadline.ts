import { UpstreamError } from "./transport";

/** Bounds one exchange with an upstream: ends it when time is up or when the caller goes away, and tells which it was. */
export interface Deadline {
  /** For the transport; aborting it closes the connection. */
  readonly signal: AbortSignal;
  /** Why it ended early; null while it runs. */
  readonly ended: "timeout" | "aborted" | null;
  /** ms left. */
  remaining(): number;
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
  const expiresAt = performance.now() + ms;
  let ended: Deadline["ended"] = null;
  const end = (why: "timeout" | "aborted") => {
    ended ??= why;
    controller.abort();
  };
  const onAbort = () => end("aborted");
  const timer = setTimeout(() => end("timeout"), ms);
  if (caller?.aborted) onAbort();
  else caller?.addEventListener("abort", onAbort, { once: true });
  return {
    signal: controller.signal,
    get ended() {
      return ended;
    },
    remaining: () => Math.max(0, expiresAt - performance.now()),
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
      clearTimeout(timer);
      caller?.removeEventListener("abort", onAbort);
    },
  };
}
