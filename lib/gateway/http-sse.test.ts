import { afterEach, describe, expect, test, vi } from "vitest";
import { type EventReader, readEvents } from "@/lib/testing/event-reader";
import { type Answer, fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld, type Node, toolJson, type World } from "@/lib/testing/gateway-world";
import { memoryRelay } from "@/lib/testing/memory-relay";

const opened: Node[] = [];
afterEach(async () => {
  for (const { gateway } of opened.splice(0)) await gateway.close();
});

/** Two nodes over one state. */
async function world(answer: Answer = () => ({ content: [{ type: "text", text: "hi" }] })) {
  const upstream = fakeUpstream((message, request) =>
    message.method === "tools/list" ? { tools: [JSON.parse(toolJson("echo"))] } : answer(message, request),
  );
  const relay = memoryRelay();
  const first: World = await gatewayWorld(upstream.transport, ["echo"], null, { relay });
  const second = first.another({ relay });
  opened.push(first, second);
  return { first, second, relay, upstream };
}

async function openStream(node: Node, path = "/ws/acme/sse"): Promise<{ events: EventReader; path: string }> {
  const events = readEvents(await node.send("GET", path, { accept: "text/event-stream" }));
  return { events, path: (await events.next(({ event }) => event === "endpoint")).data };
}

const hello = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2024-11-05", capabilities: {}, clientInfo: { name: "old", version: "1" } },
};
const call = (id: number) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: "up__echo", arguments: {} },
});

describe("a POST that lands on another node than its stream", () => {
  test("is answered on the stream, attributed to whoever sent it", async () => {
    const { first, second } = await world();
    const { events, path } = await openStream(first);
    expect((await second.post(hello, {}, path)).status).toBe(202);
    expect(await events.message()).toMatchObject({ id: 1, result: { protocolVersion: "2024-11-05" } });
    expect((await second.post(call(2), { "user-agent": "elsewhere/1" }, path)).status).toBe(202);
    expect(await events.message()).toMatchObject({ id: 2, result: { content: [{ text: "hi" }] } });
    expect(first.intents).toMatchObject([{ clientName: "old", userAgent: "elsewhere/1", sourceIp: "127.0.0.1" }]);
    await events.close();
  });

  test("is 404 once the stream is gone, or its node is", async () => {
    const { first, second } = await world();
    const { events, path } = await openStream(first);
    await events.close();
    expect((await second.post(hello, {}, path)).status).toBe(404);
    expect((await first.post(hello, {}, path)).status).toBe(404);
  });

  test("can cancel what runs there", async () => {
    let aborted = false;
    const { first, second } = await world((_message, request) => {
      request.signal?.addEventListener("abort", () => {
        aborted = true;
      });
      return new Promise((resolve) => setTimeout(() => resolve({ content: [] }), 5_000));
    });
    const { events, path } = await openStream(first);
    await second.post(hello, {}, path);
    await events.message();
    await second.post(call(2), {}, path);
    await vi.waitFor(() => expect(first.intents.length).toBe(1));
    await second.post({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 2 } }, {}, path);
    await vi.waitFor(() => expect(aborted).toBe(true));
    await events.close();
  });
});

test("a batch is answered message by message", async () => {
  const { first } = await world();
  const { events, path } = await openStream(first);
  await first.post(hello, {}, path);
  await events.message();
  expect((await first.post([call(2), call(3)], {}, path)).status).toBe(202);
  const ids = [(await events.message()).id, (await events.message()).id];
  expect(ids.sort()).toEqual([2, 3]);
  await events.close();
});

test("the single-server endpoint has HTTP+SSE too, under the server's own names", async () => {
  const { first } = await world();
  const { events, path } = await openStream(first, "/ws/acme/s/up/mcp");
  expect(path).toMatch(/^\/ws\/acme\/s\/up\/mcp\?sessionId=/);
  await first.post(hello, {}, path);
  await events.message();
  await first.post({ ...call(2), params: { name: "echo", arguments: {} } }, {}, path);
  expect(await events.message()).toMatchObject({ id: 2, result: { content: [{ text: "hi" }] } });
  await events.close();
});

test("a stream ends with its credential", async () => {
  const { first } = await world();
  const { events } = await openStream(first);
  first.hooks.revoked = true;
  first.gateway.refresh();
  await events.rest();
});
