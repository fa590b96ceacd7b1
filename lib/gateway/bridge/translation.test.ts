import { afterEach, describe, expect, test, vi } from "vitest";
import { legacyClient, modernClient } from "@/lib/testing/era-client";
import { fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld, type World } from "@/lib/testing/gateway-world";
import { type ModernMessage, modernUpstream, RpcFailure } from "@/lib/testing/modern-upstream";

const opened: World[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const world of opened.splice(0)) await world.gateway.close();
});

type Made = { world: World };
async function older(
  answer: (message: { method: string; params?: Record<string, unknown> }) => unknown,
  tools = ["echo"],
) {
  const upstream = fakeUpstream((message) => {
    if (message.method === "tools/list")
      return { tools: tools.map((name) => ({ name, inputSchema: { type: "object" } })) };
    return answer(message);
  });
  return { ...(await open(upstream.transport, tools)), upstream };
}
async function newer(answer: (message: ModernMessage) => unknown, capabilities?: Record<string, unknown>) {
  const upstream = modernUpstream((message) => {
    if (message.method === "tools/list")
      return {
        resultType: "complete",
        tools: [{ name: "echo", inputSchema: { type: "object" } }],
        ttlMs: 0,
        cacheScope: "private",
      };
    return answer(message);
  }, capabilities);
  return { ...(await open(upstream.transport, ["echo"])), upstream };
}
async function open(transport: Parameters<typeof gatewayWorld>[0], tools: string[]): Promise<Made> {
  const world = await gatewayWorld(transport, tools);
  opened.push(world);
  return { world };
}
const failing = (code: number, data?: unknown) => (message: { id?: number }) =>
  `{"jsonrpc":"2.0","id":${message.id},"error":${JSON.stringify({ code, message: "no", data })}}`;
const ECHO = { name: "up__echo", arguments: {} };
const FORM = { mode: "form", message: "Who?", requestedSchema: { type: "object", properties: {} } };
const URLS = { elicitation: { form: {}, url: {} } };
const page = { mode: "url", message: "Sign in", url: "https://idp.example/x", elicitationId: "e1" };

describe("an older server's errors for a modern client", () => {
  test("a missing resource is an invalid parameter", async () => {
    const { world } = await older(failing(-32002, { uri: "x://y" }) as never);
    const client = await modernClient(world);
    const { error } = await client.request("resources/read", { uri: "up+x://y" });
    expect(error).toEqual({ code: -32602, message: "no", data: { uri: "x://y" } });
  });

  test("pages to open become questions, and the call is made anew once they are agreed to", async () => {
    let calls = 0;
    const { world } = await older(((message: { id?: number; method: string }) =>
      calls++ === 0 ? failing(-32042, { elicitations: [page] })(message) : { content: [] }) as never);
    const client = await modernClient(world, { capabilities: URLS });
    const { result, asked } = await client.request("tools/call", ECHO, { answer: () => ({ action: "accept" }) });
    expect(asked).toEqual([
      { method: "elicitation/create", params: { mode: "url", message: "Sign in", url: "https://idp.example/x" } },
    ]);
    expect(result).toMatchObject({ resultType: "complete", content: [] });
    expect(calls).toBe(2);
  });

  test("a page that the user does not open ends it there", async () => {
    const { world, upstream } = await older(failing(-32042, { elicitations: [page] }) as never);
    const client = await modernClient(world, { capabilities: URLS });
    const { result } = await client.request("tools/call", ECHO, { answer: () => ({ action: "decline" }) });
    expect(result).toMatchObject({ isError: true, resultType: "complete" });
    expect(upstream.requests.filter(({ body }) => body?.includes("tools/call"))).toHaveLength(1);
    await world.gateway.close();
    expect(world.intents.map(({ errorClass }) => errorClass)).toEqual([null, "no_input"]);
  });

  test("a client that opens no pages is told what it lacks", async () => {
    const { world } = await older(failing(-32042, { elicitations: [page] }) as never);
    const client = await modernClient(world, { capabilities: { elicitation: {} } });
    const { error, status } = await client.request("tools/call", ECHO);
    expect([error?.code, error?.data, status]).toEqual([
      -32021,
      { requiredCapabilities: { elicitation: { url: {} } } },
      400,
    ]);
  });

  test("every other error passes as it is", async () => {
    const { world } = await older(failing(-32099, { a: 1 }) as never);
    const { error } = await (await modernClient(world)).request("tools/call", ECHO);
    expect(error).toEqual({ code: -32099, message: "no", data: { a: 1 } });
  });
});

describe("a newer server for an older client", () => {
  test("structured content that is no object is said as text", async () => {
    const { world } = await newer(
      () => '{"resultType":"complete","structuredContent":[1,2.0],"content":[],"x-more":1e3}',
    );
    const answer = await (await legacyClient(world)).request("tools/call", ECHO);
    expect(answer.result).toEqual({
      content: [{ type: "text", text: "[1,2.0]" }],
      resultType: "complete",
      "x-more": 1000,
    });
  });

  test("what it asks for is asked, and its own state comes back to the byte", async () => {
    const state = '"\\u0061\\/\\u00e9 \\ud83d\\ude00"';
    const { world, upstream } = await newer(({ params }) =>
      params.requestState === undefined
        ? `{"resultType":"input_required","requestState":${state},"inputRequests":{"a":{"method":"elicitation/create","params":${JSON.stringify({ ...page, elicitationId: undefined })}}}}`
        : { resultType: "complete", content: [] },
    );
    const client = await legacyClient(world, { capabilities: URLS });
    const { asked, result } = await client.request("tools/call", ECHO, { answer: () => ({ action: "accept", n: 1 }) });
    expect(asked).toMatchObject([
      { method: "elicitation/create", params: { mode: "url", url: page.url, elicitationId: expect.any(String) } },
    ]);
    expect(result).toMatchObject({ content: [] });
    const bodies = upstream.requests.filter(({ message }) => message.method === "tools/call").map(({ body }) => body);
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toContain(`"requestState":${state}`);
    expect(bodies[1]).toContain('"inputResponses":{"a":{"action":"accept","n":1}}');
    await world.gateway.close();
    expect(world.intents).toHaveLength(1);
  });

  test("nine rounds are too many", async () => {
    const { world, upstream } = await newer(() => ({
      resultType: "input_required",
      inputRequests: { a: { method: "elicitation/create", params: FORM } },
    }));
    const client = await legacyClient(world, { capabilities: URLS });
    const { result, asked } = await client.request("tools/call", ECHO, { answer: () => ({ action: "accept" }) });
    expect(result).toMatchObject({ isError: true });
    expect(asked).toHaveLength(8);
    expect(upstream.requests.filter(({ message }) => message.method === "tools/call")).toHaveLength(9);
    await world.gateway.close();
    expect(world.outcomes).toMatchObject([{ outcome: "error", errorClass: "no_input" }]);
  });

  test("a client that refuses to answer ends the call in words", async () => {
    const { world } = await newer(() => ({
      resultType: "input_required",
      inputRequests: { a: { method: "roots/list" } },
    }));
    const { result } = await (await legacyClient(world, { capabilities: URLS })).request("tools/call", ECHO);
    expect(result).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining("needs the client's roots, which this client does not offer") }],
    });
  });

  test("a task, which no older client can follow, is an error", async () => {
    const { world } = await newer(() => ({ resultType: "task", taskId: "t" }));
    expect((await (await legacyClient(world)).request("tools/call", ECHO)).error).toMatchObject({ code: -32603 });
  });

  test("it is told of the client what can be carried, and nothing of tasks", async () => {
    const { world, upstream } = await newer(() => ({ resultType: "complete", content: [] }));
    const capabilities = {
      ...URLS,
      sampling: {},
      extensions: { "io.modelcontextprotocol/tasks": {}, "io.modelcontextprotocol/ui": { a: 1 } },
      experimental: { x: {} },
    };
    await (await legacyClient(world, { capabilities })).request("tools/call", ECHO);
    const call = upstream.requests.find(({ message }) => message.method === "tools/call");
    expect(call?.message.params._meta["io.modelcontextprotocol/clientCapabilities"]).toEqual({
      ...URLS,
      sampling: {},
      extensions: { "io.modelcontextprotocol/ui": { a: 1 } },
    });
  });
});

test("a change of an older client's roots reaches its older servers", async () => {
  const { world, upstream } = await older(() => ({ content: [] }));
  const capabilities = { roots: { listChanged: true } };
  const params = { protocolVersion: "2025-11-25", capabilities, clientInfo: { name: "t", version: "1" } };
  const begun = await world.post({ jsonrpc: "2.0", id: 0, method: "initialize", params });
  const headers = { "mcp-session-id": begun.headers.get("mcp-session-id") ?? "" };
  await world.post({ jsonrpc: "2.0", id: 1, method: "tools/call", params: ECHO }, headers);
  const bodies = () => upstream.requests.map(({ body }) => body ?? "");
  expect(bodies().some((body) => body.includes('"initialize"') && body.includes('"roots":{"listChanged":true}'))).toBe(
    true,
  );
  await world.post({ jsonrpc: "2.0", method: "notifications/roots/list_changed" }, headers);
  await vi.waitFor(() => expect(bodies().filter((body) => body.includes("roots/list_changed"))).toHaveLength(1));
});

describe("a newer server for a newer client", () => {
  test("all bytes pass, the state of both sides too", async () => {
    const raw = '{ "resultType":"input_required","requestState":"s\\/1","inputRequests":{},"x":1.0 }';
    const { world, upstream } = await newer(() => raw);
    await modernClient(world);
    const meta = {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": {},
      traceparent: "00-1-2-01",
    };
    const params = `{"requestState":"\\u0073\\/0","name":"up__echo","arguments":{"n":1.0},"_meta":${JSON.stringify(meta)}}`;
    const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": "up__echo" };
    const body = `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":${params}}`;
    const answer = await world.post(body, headers, "/ws/acme/mcp");
    expect(await answer.text()).toBe(`{"jsonrpc":"2.0","id":7,"result":${raw}}`);
    const sent = upstream.requests.find(({ message }) => message.method === "tools/call");
    expect(sent?.body).toContain('"requestState":"\\u0073\\/0"');
    expect(sent?.body).toContain('"arguments":{"n":1.0}');
    expect(sent?.headers["mcp-name"]).toBe("echo");
    expect(sent?.message.params._meta.traceparent).toBe("00-1-2-01");
  });

  test("its errors keep their code, and their HTTP status", async () => {
    const { world } = await newer(() => new RpcFailure({ code: -32021, message: "no", data: { a: 1 } }, 400));
    const { error, status } = await (await modernClient(world)).request("tools/call", ECHO);
    expect([error, status]).toEqual([{ code: -32021, message: "no", data: { a: 1 } }, 400]);
  });
});
