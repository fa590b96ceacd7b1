import { createParser } from "eventsource-parser";
import { UpstreamError } from "./transport";

/** One server-sent event; `event` is `message` where the stream names none. */
export interface SseEvent {
  event?: string;
  data: string;
  id?: string;
  /** ms that the reader is to wait before it comes back, where the stream said so before this event. */
  retry?: number;
}

/** One event as text. Data of several lines gets several `data:` lines, so nothing in it can begin another event. */
export function encodeEvent({ event, data, id }: SseEvent): string {
  const head =
    (event === undefined ? "" : `event: ${oneLine(event)}\n`) + (id === undefined ? "" : `id: ${oneLine(id)}\n`);
  // The usual case, one line of JSON, costs a search instead of a split.
  const body = data.includes("\n") || data.includes("\r") ? data.split(/\r\n|\r|\n/).join("\ndata: ") : data;
  return `${head}data: ${body}\n\n`;
}

const oneLine = (text: string) => text.replace(/[\r\n\0]/g, "");

/** Bytes as they come: a web stream, or what Node has for one, which costs less. */
export type ByteSource = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** Web streams are not iterable everywhere. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * The events of a byte stream, in order, read only as fast as they are taken. Leaving the loop cancels the stream.
 * @param maxEvent cap of one event, in characters
 * @param maxTotal cap of the whole stream, in bytes
 * @throws UpstreamError `too_large` past a cap; whatever the stream fails with
 */
export async function* decodeEvents(
  source: ByteSource,
  maxEvent: number,
  maxTotal = Number.POSITIVE_INFINITY,
): AsyncGenerator<SseEvent, void, void> {
  const decoder = new TextDecoder();
  let ready: SseEvent[] = [];
  let tooLarge = false;
  let total = 0;
  let retry: number | undefined;
  const parser = createParser({
    maxBufferSize: maxEvent,
    onRetry: (ms) => {
      retry = ms;
    },
    onEvent: (event) => void ready.push({ event: event.event ?? "message", data: event.data, id: event.id, retry }),
    onError: (error) => {
      if (error.type === "max-buffer-size-exceeded") tooLarge = true;
    },
  });
  for await (const chunk of "getReader" in source ? chunksOf(source) : source) {
    total += chunk.byteLength;
    parser.feed(decoder.decode(chunk, { stream: true }));
    if (tooLarge || total > maxTotal) throw new UpstreamError("too_large", "The server's event stream is too large");
    if (ready.length === 0) continue;
    const events = ready;
    ready = [];
    yield* events;
  }
}
