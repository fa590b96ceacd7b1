import { expect, test, vi } from "vitest";
import { respond } from "./respond";

const PROGRESS = '{"jsonrpc":"2.0","method":"notifications/progress"}';

test("an answer that comes first is plain JSON", async () => {
  const response = await respond(
    true,
    async () => '{"id":1}',
    () => undefined,
  );
  expect([response.headers.get("content-type"), await response.text()]).toEqual(["application/json", '{"id":1}']);
});

test("a notification before the answer turns it into a stream", async () => {
  const response = await respond(
    true,
    async ({ emit }) => {
      emit(PROGRESS);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return '{"id":1}';
    },
    () => undefined,
  );
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(await response.text()).toBe(
    `: open\n\nevent: message\ndata: ${PROGRESS}\n\nevent: message\ndata: {"id":1}\n\n`,
  );
});

test("a flood of notifications that nobody reads yet leaves room for questions and the answer", async () => {
  const response = await respond(
    true,
    async ({ emit, ask }) => {
      for (let i = 0; i < 50_000; i++) emit(PROGRESS);
      ask('{"id":"q"}');
      return `{"id":1,"result":"${"x".repeat(2 << 20)}"}`;
    },
    () => undefined,
  );
  const messages = (await response.text()).split("event: message\ndata: ");
  expect(messages.length).toBeLessThan(12_000);
  expect(messages.at(-2)?.trim()).toBe('{"id":"q"}');
  expect(messages.at(-1)).toMatch(/^\{"id":1,"result":"x+"\}\n\n$/);
});

test("a client that accepts no stream gets JSON without the notifications", async () => {
  const response = await respond(
    false,
    async ({ emit }) => {
      emit(PROGRESS);
      return "{}";
    },
    () => undefined,
  );
  expect(await response.text()).toBe("{}");
});

test("ten silent seconds turn it into a stream; a reader that leaves is noticed", async () => {
  vi.useFakeTimers();
  const gone = vi.fn();
  const pending = respond(true, () => new Promise(() => undefined), gone);
  await vi.advanceTimersByTimeAsync(10_000);
  const response = await pending;
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  vi.useRealTimers();
  await response.body?.cancel();
  expect(gone).toHaveBeenCalledOnce();
});
