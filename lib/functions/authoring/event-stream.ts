import type { OnProgress } from "./context";

/** Progress as it happens, then the answer, as server-sent events. Progress that does not rise is left out, as MCP wants. */
export function eventStream(
  progressToken: string | number,
  work: (onProgress: OnProgress) => Promise<unknown>,
): Response {
  const encoder = new TextEncoder();
  let open = true;
  let last = Number.NEGATIVE_INFINITY;
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (message: unknown) =>
        open && controller.enqueue(encoder.encode(`event: message\ndata: ${JSON.stringify(message)}\n\n`));
      send(
        await work((progress, total, message) => {
          if (!(progress > last)) return;
          last = progress;
          send({
            jsonrpc: "2.0",
            method: "notifications/progress",
            params: { progressToken, progress, total, message },
          });
        }),
      );
      if (open) controller.close();
      open = false;
    },
    cancel() {
      open = false;
    },
  });
  return new Response(stream, { headers: { "content-type": "text/event-stream", "cache-control": "no-cache" } });
}
