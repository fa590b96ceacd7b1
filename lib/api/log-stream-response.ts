import type { LogTail } from "@/lib/services/function/logs";

/** A reader who is no longer allowed is gone after this long, in ms; one who is comes back by itself. */
const LONGEST_MS = 5 * 60_000;
const KEEP_ALIVE_MS = 15_000;
/** Bytes a slow reader may be behind before the stream ends. */
const BEHIND = 1 << 20;

/**
 * A deployment's log as server-sent events: one `lines` with a list of all lines so far (it replaces what the reader
 * has), then one `line` each. Ends after five minutes; the browser's EventSource connects again.
 */
export function logStreamResponse(tail: LogTail): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => {
          if ((controller.desiredSize ?? 0) <= 0) return end();
          controller.enqueue(encoder.encode(text));
        };
        const event = (name: string, data: unknown) => send(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
        const unwatch = tail.watch((line) => event("line", line));
        const beat = setInterval(() => send(": \n\n"), KEEP_ALIVE_MS);
        const last = setTimeout(() => end(), LONGEST_MS);
        stop = () => {
          unwatch();
          clearInterval(beat);
          clearTimeout(last);
          stop = () => {};
        };
        function end() {
          stop();
          try {
            controller.close();
          } catch {
            // the reader has gone already
          }
        }
        send("retry: 1000\n\n");
        event("lines", tail.lines);
      },
      cancel: () => stop(),
    },
    { highWaterMark: BEHIND, size: (chunk) => chunk.byteLength },
  );
  return new Response(body, { headers: { "content-type": "text/event-stream", "x-accel-buffering": "no" } });
}
