import { decodeEvents, type SseEvent } from "@/lib/mcp/sse";

/** Reads an event stream bit by bit. */
export interface EventReader {
  /** The next event that fits, skipping others. Rejects when the stream ends before. */
  next(fits?: (event: SseEvent) => boolean): Promise<SseEvent>;
  /** The next JSON-RPC message that fits. */
  message(fits?: (message: Rpc) => boolean): Promise<Rpc>;
  /** Everything up to the end. */
  rest(): Promise<SseEvent[]>;
  close(): Promise<void>;
}

export interface Rpc {
  id?: string | number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { code: number; message: string; data?: unknown };
}

/** @param response an answer with an event stream as body */
export function readEvents(response: Response): EventReader {
  if (!response.body) throw new Error(`no event stream: ${response.status}`);
  const events = decodeEvents(response.body as ReadableStream<Uint8Array>, 10 << 20);
  const next: EventReader["next"] = async (fits = () => true) => {
    for (;;) {
      const { value, done } = await events.next();
      if (done) throw new Error("the stream ended");
      if (fits(value)) return value;
    }
  };
  return {
    next,
    async message(fits = () => true) {
      for (;;) {
        const message = JSON.parse((await next(({ event }) => event === "message")).data) as Rpc;
        if (fits(message)) return message;
      }
    },
    async rest() {
      const all: SseEvent[] = [];
      for await (const event of events) all.push(event);
      return all;
    },
    async close() {
      await events.return();
    },
  };
}
