import type { EventStore } from "@modelcontextprotocol/server";

type Message = Parameters<EventStore["storeEvent"]>[1];

/** Keeps a session's events in memory, so that a client that lost a stream gets the rest of it (`Last-Event-ID`). */
export class MemoryEvents implements EventStore {
  private readonly events: { id: string; stream: string; message: Message }[] = [];

  async storeEvent(stream: string, message: Message): Promise<string> {
    const id = `${stream}.${this.events.length}`;
    this.events.push({ id, stream, message });
    return id;
  }

  async replayEventsAfter(
    lastEventId: string,
    { send }: { send(id: string, message: Message): Promise<void> },
  ): Promise<string> {
    const at = this.events.findIndex(({ id }) => id === lastEventId);
    const stream = this.events[at]?.stream ?? lastEventId.slice(0, lastEventId.lastIndexOf("."));
    for (const event of this.events.slice(at + 1)) {
      // The event that opens a stream has no message.
      if (event.stream === stream && "jsonrpc" in event.message) await send(event.id, event.message);
    }
    return stream;
  }
}
