import { expect, test } from "vitest";
import { resumedEvents } from "./resume";
import type { SseEvent } from "./sse";
import { UpstreamError } from "./transport";

async function* stream(events: SseEvent[], failure?: Error): AsyncGenerator<SseEvent, void, void> {
  yield* events;
  if (failure) throw failure;
}

const event = (data: string, id?: string): SseEvent => ({ data, id, retry: 1 });
const signal = new AbortController().signal;

async function read(first: AsyncGenerator<SseEvent, void, void>, rest: AsyncGenerator<SseEvent, void, void>[]) {
  const asked: string[] = [];
  const again = async (id: string) => {
    asked.push(id);
    return rest.shift() ?? null;
  };
  const data: string[] = [];
  for await (const each of resumedEvents(first, { again, signal, done: false })) data.push(each.data);
  return { data, asked };
}

test("a stream that gave ids goes on behind the last of them, over breaks too", async () => {
  const broken = new UpstreamError("unreachable", "gone");
  expect(
    await read(stream([event("", "1")]), [stream([event("a", "2"), event("b")], broken), stream([event("c")])]),
  ).toEqual({
    data: ["", "a", "b", "c"],
    asked: ["1", "2", "2"],
  });
});

test("a stream without ids ends where it ends", async () => {
  expect(await read(stream([event("a")]), [stream([event("b")])])).toEqual({ data: ["a"], asked: [] });
  await expect(read(stream([event("a")], new Error("cut")), [])).rejects.toThrow("cut");
});

test("what is refused for what it holds is not taken up", async () => {
  const large = new UpstreamError("too_large", "too large");
  await expect(read(stream([event("a", "1")], large), [stream([event("b")])])).rejects.toThrow("too large");
});

test("nothing is waited for once the answer is there, or the caller gone", async () => {
  const again = async () => {
    throw new Error("asked");
  };
  const done = { again, signal, done: true };
  for await (const _ of resumedEvents(stream([event("a", "1")]), done));
  const left = { again, signal: AbortSignal.abort(), done: false };
  for await (const _ of resumedEvents(stream([event("a", "1")]), left));
});
