import { afterEach, expect, test, vi } from "vitest";
import { startOldServer } from "@/lib/mcp/testing/sdk-servers";
import { modernClient } from "@/lib/testing/era-client";
import type { World } from "@/lib/testing/gateway-world";
import { memoryRelay } from "@/lib/testing/memory-relay";
import { worldOf } from "@/lib/testing/sdk-world";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

const capabilities = { elicitation: {} };
const ASK = { name: "up__ask", arguments: {} };
const ada = () => ({ action: "accept", content: { name: "Ada" } });

async function begin(more: Parameters<typeof worldOf>[1] = {}) {
  const upstream = await startOldServer("streamable-http");
  const world = await worldOf([{ slug: "up", url: upstream.url }], more);
  open.push(upstream, world.gateway);
  return { upstream, world, client: await modernClient(world, { capabilities }) };
}

/** One request by hand: a call that comes back with a question, or goes on with one. */
async function send(world: Pick<World, "post">, params: object, id = 1) {
  const meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": capabilities,
  };
  const name = (params as { name: string }).name;
  const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": name };
  const body = { jsonrpc: "2.0", id, method: "tools/call", params: { ...params, _meta: meta } };
  return (await (await world.post(body, headers, "/ws/acme/mcp")).json()) as {
    result?: { resultType: string; requestState: string; inputRequests: Record<string, unknown>; content?: unknown };
    error?: { code: number; data?: { reason: string } };
  };
}

test("an answer that reaches another node goes on with the call there", async () => {
  const relay = memoryRelay();
  const { world, client } = await begin({ relay });
  const other = world.another();
  open.push(other.gateway);
  const { result, rounds } = await client.request("tools/call", ASK, { answer: ada, retryOn: [other] });
  expect(rounds).toHaveLength(1);
  expect(JSON.stringify(result)).toContain("Ada");
  await world.gateway.close();
  expect(world.intents).toHaveLength(1);
  expect(world.outcomes).toMatchObject([{ outcome: "ok" }]);
  expect(relay.texts.join()).not.toContain("Ada");
});

test("a state serves its own call once, and nobody else", async () => {
  const { world } = await begin();
  const asked = await send(world, ASK);
  const state = asked.result?.requestState ?? "";
  const key = Object.keys(asked.result?.inputRequests ?? {})[0] ?? "";
  const inputResponses = { [key]: ada() };
  const invalid = { error: { code: -32602, data: { reason: "invalid_request_state" } } };
  expect(
    await send(world, { name: "up__echo", arguments: { text: "x" }, requestState: state, inputResponses }),
  ).toMatchObject(invalid);
  const flipped = `${state.slice(0, -2)}${state.endsWith("AA") ? "BB" : "AA"}`;
  expect(await send(world, { ...ASK, requestState: flipped, inputResponses })).toMatchObject(invalid);
  world.principal.tokenId = "tok_2";
  world.gateway.refresh();
  expect(await send(world, { ...ASK, requestState: state, inputResponses })).toMatchObject(invalid);
  world.principal.tokenId = "tok_1";
  world.gateway.refresh();

  const again = await send(world, { ...ASK, requestState: state, inputResponses: {} });
  expect(again.result?.resultType).toBe("input_required");
  expect(again.result?.requestState).not.toBe(state);
  const done = await send(world, { ...ASK, requestState: state, inputResponses: { ...inputResponses, other: 1 } });
  expect(done.result).toMatchObject({ resultType: "complete" });
  expect(await send(world, { ...ASK, requestState: state, inputResponses })).toMatchObject(invalid);
});

test("when its node is gone the client is told to begin anew", async () => {
  const relay = memoryRelay();
  const { world } = await begin({ relay });
  const other = world.another({ relay: { ...relay, send: async () => false } });
  open.push(other.gateway);
  const asked = await send(world, ASK);
  const retry = { ...ASK, requestState: asked.result?.requestState, inputResponses: { "ask-1": ada() } };
  expect(await send(other, retry)).toMatchObject({
    error: { code: -32602, data: { reason: "invalid_request_state" } },
  });
});

test("a call that nobody goes on with ends at its server and in the log", async () => {
  const { world } = await begin();
  expect((await send(world, ASK)).result?.resultType).toBe("input_required");
  await world.gateway.close();
  await vi.waitFor(() => expect(world.outcomes).toMatchObject([{ outcome: "client_closed" }]));
});

test("the call's row waits as long as the call does", async () => {
  const { world } = await begin();
  const asked = await send(world, ASK);
  expect(world.intents).toMatchObject([{ outcome: "pending", tool: "ask" }]);
  expect(world.outcomes).toEqual([]);
  await send(world, { ...ASK, requestState: asked.result?.requestState, inputResponses: { "ask-1": ada() } });
  await world.gateway.close();
  expect(world.outcomes).toMatchObject([{ outcome: "ok" }]);
});
