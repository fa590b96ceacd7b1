import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeEvents, encodeEvent, type SseEvent } from "./sse";

function streamOf(bytes: Uint8Array, size: number, onCancel = () => {}): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + size));
        at += size;
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  );
}

async function decode(text: string, size: number, maxEvent = 1_000_000, maxTotal?: number): Promise<SseEvent[]> {
  const events: SseEvent[] = [];
  for await (const event of decodeEvents(streamOf(new TextEncoder().encode(text), size), maxEvent, maxTotal))
    events.push(event);
  return events;
}

test("any data survives encoding and any cutting into chunks; line ends become \\n", async () => {
  const data = fc.string({ unit: fc.constantFrom(..."ab \n\r:€\u2028ß😀{}") });
  await fc.assert(
    fc.asyncProperty(fc.array(data, { maxLength: 5 }), fc.integer({ min: 1, max: 9 }), async (list, size) => {
      const text = list.map((item) => encodeEvent({ event: "message", data: item })).join("");
      expect((await decode(text, size)).map((event) => event.data)).toEqual(
        list.map((item) => item.replace(/\r\n?/g, "\n")),
      );
    }),
  );
});

test("name and id travel and cannot hold a line", async () => {
  expect(encodeEvent({ event: "endpoint\n\ndata: x", data: "/a", id: "7\r8" })).toBe(
    "event: endpointdata: x\nid: 78\ndata: /a\n\n",
  );
  expect(await decode("event: endpoint\nid: 7\ndata: /a\n\n: ping\n\ndata: b\n\n", 3)).toEqual([
    { event: "endpoint", data: "/a", id: "7" },
    { event: "message", data: "b", id: undefined },
  ]);
});

test("one endless event is cut", async () => {
  await expect(decode(`data: ${"x".repeat(5_000)}`, 100, 1_000)).rejects.toThrow("too large");
  await expect(decode("data: x\n".repeat(500), 100, 300)).rejects.toThrow("too large");
});

test("a flood of small events is cut by the total", async () => {
  await expect(decode(": ping\n".repeat(1_000), 64, 1_000, 500)).rejects.toThrow("too large");
});

test("leaving the loop cancels the stream", async () => {
  let cancelled = false;
  const stream = streamOf(new TextEncoder().encode("data: 1\n\ndata: 2\n\n"), 9, () => {
    cancelled = true;
  });
  for await (const event of decodeEvents(stream, 100)) {
    expect(event.data).toBe("1");
    break;
  }
  expect(cancelled).toBe(true);
});
