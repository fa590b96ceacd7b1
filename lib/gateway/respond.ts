import { LIMITS } from "@/lib/limits";
import { openEventStream } from "./event-stream";
import { json } from "./responses";

const SWITCH_MS = 10_000; // past this a silent answer becomes a stream with keep-alives, so nothing in between gives up

/** What can be sent before the answer. */
export interface Before {
  /** A notification; it may be lost where the client reads too slowly. */
  emit(notification: string): void;
  /** A request of the server's. */
  ask(request: string): void;
}

/**
 * Answers a POST in the cheaper of the two forms that Streamable HTTP allows: plain JSON when the answer comes first;
 * an event stream as soon as a notification comes before it, or nothing for ten seconds. Clients that do not accept
 * streams get JSON always, without the notifications.
 * @param run does the work and resolves with the answer (JSON text, or a whole Response); it says itself what went wrong
 * @param onGone runs when the client closes the stream before the answer
 */
export function respond(
  acceptsStream: boolean,
  run: (before: Before) => Promise<string | Response>,
  onGone: () => void,
): Promise<Response> {
  if (!acceptsStream) return run({ emit: () => undefined, ask: () => undefined }).then(toResponse);
  return new Promise((resolve, reject) => {
    let stream: ReturnType<typeof openEventStream> | null = null;
    let settled = false;
    let beat: ReturnType<typeof setInterval> | undefined;
    const toStream = () => {
      clearTimeout(timer);
      if (stream || settled) return;
      stream = openEventStream(() => {
        clearInterval(beat);
        if (!settled) onGone();
      });
      beat = setInterval(() => stream?.event(null, "keep-alive"), LIMITS.keepAliveMs);
      resolve(stream.response);
    };
    const timer = setTimeout(toStream, SWITCH_MS);
    const before: Before = {
      emit: (notification) => {
        toStream();
        stream?.offer(notification);
      },
      ask: (request) => {
        toStream();
        stream?.message(request);
      },
    };
    run(before).then(
      async (answer) => {
        clearTimeout(timer);
        settled = true;
        if (!stream) return resolve(toResponse(answer));
        stream.message(typeof answer === "string" ? answer : await answer.text());
        stream.end();
      },
      (error: unknown) => {
        clearTimeout(timer);
        settled = true;
        if (stream) stream.end();
        reject(error);
      },
    );
  });
}

const toResponse = (answer: string | Response): Response => (typeof answer === "string" ? json(200, answer) : answer);
