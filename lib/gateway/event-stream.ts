import { encodeEvent } from "@/lib/mcp/sse";
import { SSE_HEADERS } from "./responses";

const MAX_BUFFERED = 1 << 20; // bytes a slow reader may leave waiting before the stream is cut
const encoder = new TextEncoder();

/** The writing end of one SSE answer. */
export interface EventStream {
  response: Response;
  /** Sends a JSON-RPC message. */
  message(json: string): void;
  /**
   * Sends a notification that may be lost: it is left out while the reader leaves more than half of the limit waiting, so
   * that a flood of them cuts off no answer.
   */
  offer(json: string): void;
  /** Sends another event, or a comment when `event` is null. */
  event(event: string | null, data: string): void;
  end(): void;
  readonly open: boolean;
}

/**
 * An SSE response that answers at once: the first chunk goes out with the headers, which wait for it on the edge lane.
 * `onClose` runs exactly once, whoever closes; a reader that leaves more than 1 MiB waiting is cut off.
 */
export function openEventStream(onClose: () => void, headers: Record<string, string> = {}): EventStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    onClose();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start: (c) => {
        controller = c;
        c.enqueue(encoder.encode(": open\n\n"));
      },
      cancel: close,
    },
    // ByteLengthQueuingStrategy spelled out: the edge runtime has none.
    { highWaterMark: MAX_BUFFERED, size: (chunk) => chunk.byteLength },
  );
  const end = () => {
    if (!open) return;
    close();
    try {
      controller?.close();
    } catch {
      // The client closed in the same moment.
    }
  };
  const send = (text: string) => {
    if (!open) return;
    if ((controller?.desiredSize ?? 0) <= 0) return end();
    controller?.enqueue(encoder.encode(text));
  };
  const message = (json: string) => send(encodeEvent({ event: "message", data: json }));
  return {
    response: new Response(body, { status: 200, headers: { ...SSE_HEADERS, ...headers } }),
    message,
    offer: (json) => {
      if ((controller?.desiredSize ?? 0) > MAX_BUFFERED / 2) message(json);
    },
    event: (event, data) => send(event === null ? `: ${data}\n\n` : encodeEvent({ event, data })),
    end,
    get open() {
      return open;
    },
  };
}
