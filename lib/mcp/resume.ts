import { pause } from "./pause";
import type { SseEvent } from "./sse";
import { UpstreamError } from "./transport";

const RETRY_MS = 1_000; // where the stream names no time
const MIN_RETRY_MS = 100;
const MAX_RETRY_MS = 30_000;

/** How a stream goes on. */
export interface Resumption {
  /** Opens the rest behind an event; null where the server will not. */
  again(lastEventId: string): Promise<AsyncGenerator<SseEvent, void, void> | null>;
  /** Ends the waiting. */
  signal: AbortSignal;
  /** Set once what was waited for has come: then the end of the stream is its end. */
  done: boolean;
}

/**
 * The events of a stream over all its connections: where the server closes one early and gave its events ids, the rest
 * comes by another one, after the time the server asked for (2025-11-25, SEP-1699). A stream without ids ends where it ends.
 * @throws what the last connection failed with
 */
export async function* resumedEvents(
  first: AsyncGenerator<SseEvent, void, void>,
  resumption: Resumption,
): AsyncGenerator<SseEvent, void, void> {
  let lastEventId: string | undefined;
  let retry = RETRY_MS;
  for (let events = first; ; ) {
    let failure: unknown;
    try {
      for await (const event of events) {
        lastEventId = event.id || lastEventId;
        retry = event.retry ?? retry;
        yield event;
      }
    } catch (error) {
      // A stream that breaks may be taken up; one that is refused for what it holds may not.
      if (error instanceof UpstreamError && error.reason !== "unreachable") throw error;
      failure = error;
    }
    if (lastEventId === undefined || resumption.done || resumption.signal.aborted) {
      if (failure !== undefined && !resumption.done) throw failure;
      return;
    }
    await pause(Math.min(MAX_RETRY_MS, Math.max(MIN_RETRY_MS, retry)), resumption.signal);
    const rest = resumption.signal.aborted ? null : await resumption.again(lastEventId);
    if (rest === null) {
      if (failure !== undefined) throw failure;
      return;
    }
    events = rest;
  }
}
