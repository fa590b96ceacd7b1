import { afterEach, expect, test } from "vitest";
import { fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld, type World } from "@/lib/testing/gateway-world";

let opened: World[] = [];
afterEach(async () => {
  for (const made of opened.splice(0)) await made.gateway.close();
  opened = [];
});
async function world(): Promise<World> {
  const made = await gatewayWorld(
    fakeUpstream((message) => ({ content: [], args: message.params?.arguments })).transport,
  );
  opened.push(made);
  return made;
}

const call = (id: unknown, n: number) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: "up__echo", arguments: { n } },
});
const version = { "mcp-protocol-version": "2025-03-26" };

test("each request of a batch gets its own answer and its own row", async () => {
  const w = await world();
  const body = [
    call(1, 10),
    { jsonrpc: "2.0", method: "notifications/x" },
    call("b", 20),
    { jsonrpc: "2.0", id: 3, method: "nope" },
  ];
  const answer = await w.post(body, version);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject([
    { id: 1, result: { args: { n: 10 } } },
    { id: "b", result: { args: { n: 20 } } },
    { id: 3, error: { code: -32601 } },
  ]);
  expect(w.intents.map(({ tool }) => tool)).toEqual(["echo", "echo"]);
});

test("a bad message in it has its error there; initialize is one", async () => {
  const w = await world();
  const hello = { jsonrpc: "2.0", id: 1, method: "initialize", params: {} };
  const body = `[{"jsonrpc":"1.0","id":7,"method":"ping"},${JSON.stringify(hello)},${JSON.stringify(call(2, 1))}]`;
  expect(await (await w.post(body, version)).json()).toMatchObject([
    { id: 7, error: { code: -32600 } },
    { id: 1, error: { code: -32600 } },
    { id: 2, result: {} },
  ]);
});

test("notifications alone are 202", async () => {
  const w = await world();
  expect((await w.post([{ jsonrpc: "2.0", method: "notifications/x" }], version)).status).toBe(202);
});

test.each([
  ["an empty one", "[]", version],
  ["51 messages", Array.from({ length: 51 }, (_, i) => call(i, i)), version],
  ["broken JSON", "[1,", version],
  ["one of a later revision", [call(1, 1)], { "mcp-protocol-version": "2025-06-18" }],
  ["one of the modern revision", [call(1, 1)], { "mcp-protocol-version": "2026-07-28" }],
])("%s is refused whole", async (_, body, headers) => {
  const w = await world();
  expect((await w.post(body, headers as Record<string, string>)).status).toBe(400);
  expect(w.intents).toEqual([]);
});

test("a session of another revision has none", async () => {
  const w = await world();
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "t", version: "1" } };
  const begun = await w.post({ jsonrpc: "2.0", id: 1, method: "initialize", params });
  const session = { "mcp-session-id": begun.headers.get("mcp-session-id") ?? "" };
  expect((await w.post([call(1, 1)], session)).status).toBe(400);
});
