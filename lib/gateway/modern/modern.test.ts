import { afterEach, describe, expect, test, vi } from "vitest";
import { type Answer, fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld, toolJson, type World } from "@/lib/testing/gateway-world";

const opened: World[] = [];
afterEach(async () => {
  for (const { gateway } of opened.splice(0)) await gateway.close();
});

const REGION =
  '"inputSchema":{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},"n":{"type":"integer","x-mcp-header":"N"}}}';

async function world(answer: Answer = () => ({ content: [{ type: "text", text: "hi" }] })) {
  const upstream = fakeUpstream((message, request) =>
    message.method === "tools/list"
      ? { tools: [JSON.parse(toolJson("echo")), JSON.parse(toolJson("where", REGION))] }
      : answer(message, request),
  );
  const made = await gatewayWorld(upstream.transport, ["echo", "where"]);
  const where = made.snapshot.servers[0]?.tools[1];
  if (where) where.definition = toolJson("where", REGION);
  opened.push(made);
  return { ...made, upstream };
}

const META = "io.modelcontextprotocol";
const meta = {
  [`${META}/protocolVersion`]: "2026-07-28",
  [`${META}/clientInfo`]: { name: "claude", version: "2.1" },
  [`${META}/clientCapabilities`]: {},
};
const body = (method: string, params: object = {}) => ({
  jsonrpc: "2.0",
  id: "q",
  method,
  params: { ...params, _meta: meta },
});
const headers = (method: string, more: Record<string, string> = {}) => ({
  "mcp-protocol-version": "2026-07-28",
  "mcp-method": method,
  ...more,
});
const call = (name: string, args: object = {}) => body("tools/call", { name, arguments: args });
const named = (name: string, more: Record<string, string> = {}) => headers("tools/call", { "mcp-name": name, ...more });

test("a call needs no session, gets none, and is attributed with what its client says of itself", async () => {
  const w = await world();
  const answer = await w.post(call("up__echo"), named("up__echo", { "mcp-session-id": "made up" }));
  expect([answer.status, answer.headers.get("mcp-session-id")]).toEqual([200, null]);
  expect(await answer.json()).toMatchObject({ id: "q", result: { resultType: "complete", content: [{ text: "hi" }] } });
  expect(w.intents).toMatchObject([{ clientName: "claude", clientVersion: "2.1", sessionId: null }]);
});

test("server/discover says what there is", async () => {
  const w = await world();
  const answer = await w.post(body("server/discover"), headers("server/discover"));
  expect(await answer.json()).toMatchObject({
    id: "q",
    result: {
      resultType: "complete",
      supportedVersions: expect.arrayContaining(["2026-07-28"]),
      capabilities: { tools: { listChanged: true } },
      ttlMs: expect.any(Number),
      cacheScope: "private",
    },
  });
});

test.each(["ping", "initialize", "logging/setLevel", "resources/subscribe", "nope", "__proto__"])(
  "%s is no method of this revision: 404",
  async (method) => {
    const w = await world();
    const answer = await w.post(body(method), headers(method));
    expect([answer.status, await answer.json()]).toMatchObject([404, { id: "q", error: { code: -32601 } }]);
  },
);

test("an unknown tool is an answer like any", async () => {
  const w = await world();
  const answer = await w.post(call("up__nope"), named("up__nope"));
  expect([answer.status, await answer.json()]).toMatchObject([200, { id: "q", error: { code: -32602 } }]);
});

describe("what is broken", () => {
  test("a header without a claim in the body is -32602 and says what is missing", async () => {
    const w = await world();
    const answer = await w.post({ jsonrpc: "2.0", id: 3, method: "tools/list" }, headers("tools/list"));
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { id: 3, error: { code: -32602, data: { envelope: { missing: [`${META}/protocolVersion`] } } } },
    ]);
  });

  test("no upstream is asked for a message whose headers say something else", async () => {
    const w = await world();
    const answer = await w.post(call("up__echo"), named("up__where"));
    expect([answer.status, await answer.json()]).toMatchObject([400, { id: "q", error: { code: -32020 } }]);
    expect([w.upstream.requests, w.intents]).toEqual([[], []]);
  });

  test("a response is refused, a notification is taken", async () => {
    const w = await world();
    expect((await w.post({ jsonrpc: "2.0", id: 1, result: {} }, headers("x"))).status).toBe(400);
    const left = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1, _meta: meta } };
    expect((await w.post(left, headers("notifications/cancelled"))).status).toBe(202);
  });
});

describe("Mcp-Param headers", () => {
  const args = { region: "eu", n: 42 };

  test.each([
    ["say what the arguments say", { "mcp-param-region": "eu", "mcp-param-n": "42" }, 200],
    ["may say a number otherwise", { "mcp-param-region": "eu", "mcp-param-n": "42.0" }, 200],
    ["may be encoded", { "mcp-param-region": `=?base64?${btoa("eu")}?=`, "mcp-param-n": "42" }, 200],
    ["must be there", { "mcp-param-region": "eu" }, 400],
    ["must not differ", { "mcp-param-region": "us", "mcp-param-n": "42" }, 400],
    ["must be well encoded", { "mcp-param-region": "=?base64?e?=", "mcp-param-n": "42" }, 400],
  ])("%s", async (_, params, status) => {
    const w = await world();
    const answer = await w.post(call("up__where", args), named("up__where", params as Record<string, string>));
    expect(answer.status).toBe(status);
    if (status === 400) expect(await answer.json()).toMatchObject({ id: "q", error: { code: -32020 } });
  });

  test("are not asked for where there is no such argument, nor where a tool declares none", async () => {
    const w = await world();
    expect((await w.post(call("up__where", { n: null }), named("up__where"))).status).toBe(200);
    expect((await w.post(call("up__echo"), named("up__echo", { "mcp-param-x": "1" }))).status).toBe(200);
  });
});

test("closing the answer cancels the call", async () => {
  let aborted = false;
  const w = await world((_message, request) => {
    request.signal?.addEventListener("abort", () => {
      aborted = true;
    });
    return new Promise((resolve) => setTimeout(() => resolve({ content: [] }), 2_000));
  });
  const client = new AbortController();
  const request = new Request("https://gateway.example/ws/acme/mcp", {
    method: "POST",
    headers: {
      host: "gateway.example",
      authorization: `Bearer ${w.token}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...named("up__echo"),
    },
    body: JSON.stringify(call("up__echo")),
    signal: client.signal,
  });
  void w.gateway.handle(request, { sourceIp: null });
  await vi.waitFor(() => expect(w.upstream.requests.some(({ body }) => body?.includes("tools/call"))).toBe(true));
  client.abort();
  await vi.waitFor(() => expect(aborted).toBe(true));
});
