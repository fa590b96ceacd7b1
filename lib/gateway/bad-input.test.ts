import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld, type World } from "@/lib/testing/gateway-world";

/** Wire-level refusals: [what, body, headers, status, JSON-RPC code, path]. */
const LIST = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';
const CASES: [string, string, Record<string, string>, number[], (number | "result")?, string?][] = [
  ["accepts streams only", LIST, { accept: "text/event-stream" }, [406]],
  ["refuses JSON with q=0", LIST, { accept: "application/json;q=0, text/event-stream" }, [406]],
  ["accepts anything", LIST, { accept: "*/*" }, [200], "result"],
  ["plain text", LIST, { "content-type": "text/plain" }, [415]],
  ["a longer type", LIST, { "content-type": "application/jsonp" }, [415]],
  ["UTF-16", LIST, { "content-type": "application/json; charset=utf-16" }, [415]],
  ["UTF-8 named", LIST, { "content-type": "application/json; charset=utf-8" }, [200], "result"],
  ["compressed", LIST, { "content-encoding": "gzip" }, [415]],
  ["unknown protocol version", LIST, { "mcp-protocol-version": "1999-01-01" }, [400]],
  ["modern header without a claim", LIST, { "mcp-protocol-version": "2026-07-28" }, [400], -32602],
  ["Origin null", LIST, { origin: "null" }, [403]],
  ["Origin with our name as prefix", LIST, { origin: "https://gateway.example.evil.example" }, [403]],
  ["own Origin", LIST, { origin: "https://gateway.example" }, [200], "result"],
  ["foreign Host", LIST, { host: "evil.example" }, [403]],
  [
    "one byte too many",
    `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"${"a".repeat(1_048_576)}"}}`,
    {},
    [413],
  ],
  ["two documents", `${LIST} {}`, {}, [400], -32700],
  ["NaN", '{"jsonrpc":"2.0","id":NaN,"method":"tools/list"}', {}, [400], -32700],
  ["BOM", `\ufeff${LIST}`, {}, [200], "result"],
  ["a bare word", "undefined", {}, [400], -32700],
  ["empty body", "", {}, [400], -32700],
  ["empty array", "[]", {}, [400], -32600],
  ["a batch of a revision without", `[${LIST}]`, { "mcp-protocol-version": "2025-06-18" }, [400], -32600],
  ["an empty batch", "[]", {}, [400], -32600],
  ["a string", '"tools/list"', {}, [400], -32600],
  ["null", "null", {}, [400], -32600],
  ["empty object", "{}", {}, [400], -32600],
  ["jsonrpc 1.0", '{"jsonrpc":"1.0","id":1,"method":"tools/list"}', {}, [400], -32600],
  ["method number", '{"jsonrpc":"2.0","id":1,"method":1}', {}, [400], -32600],
  ["method empty", '{"jsonrpc":"2.0","id":1,"method":""}', {}, [400], -32600],
  ["boolean id", '{"jsonrpc":"2.0","id":true,"method":"ping"}', {}, [400], -32600],
  ["null id", '{"jsonrpc":"2.0","id":null,"method":"ping"}', {}, [400], -32600],
  ["params string", '{"jsonrpc":"2.0","id":1,"method":"ping","params":"x"}', {}, [400], -32600],
  ["result and error", '{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":"x"}}', {}, [400], -32600],
  ["id beyond 2^53", '{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}', {}, [400], -32600],
  ["id of 500,000 digits", `{"jsonrpc":"2.0","id":${"1".repeat(500_000)},"method":"ping"}`, {}, [400], -32600],
  ["id of 300 characters", `{"jsonrpc":"2.0","id":"${"x".repeat(300)}","method":"ping"}`, {}, [400], -32600],
  ["id twice", '{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', {}, [400], -32600],
  [
    "method twice",
    '{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call","params":{"name":"up__echo"}}',
    {},
    [400],
    -32600,
  ],
  [
    "name twice",
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"up__x","name":"up__echo"}}',
    {},
    [200],
    -32602,
  ],
  [
    "__proto__ in the envelope",
    '{"jsonrpc":"2.0","id":1,"method":"ping","__proto__":{"isAdmin":true}}',
    {},
    [200],
    "result",
  ],
  [
    "depth 100,000",
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"up__echo","arguments":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}}`,
    {},
    [400],
    -32600,
  ],
  ["method __proto__", '{"jsonrpc":"2.0","id":1,"method":"__proto__"}', {}, [200], -32601],
  ["method constructor", '{"jsonrpc":"2.0","id":1,"method":"constructor"}', {}, [200], -32601],
  ["initialize without params", '{"jsonrpc":"2.0","id":1,"method":"initialize"}', {}, [200], -32602],
  ["a cursor of nobody", '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"x"}}', {}, [200], -32602],
  ["call without params", '{"jsonrpc":"2.0","id":1,"method":"tools/call"}', {}, [200], -32602],
  [
    "call with an array name",
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["a"]}}',
    {},
    [200],
    -32602,
  ],
  [
    "call with array arguments",
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"up__echo","arguments":[]}}',
    {},
    [200],
    -32602,
  ],
  ["unsolicited response", '{"jsonrpc":"2.0","id":77,"result":{}}', {}, [202]],
  ["notification", '{"jsonrpc":"2.0","method":"notifications/initialized"}', {}, [202]],
  ["nxtP in the query", LIST, {}, [200], "result", "/ws/acme/sse?nxtPslug=other"],
  ["encoded slug", LIST, {}, [404], -32600, "/ws/%61cme/sse"],
  ["dotted slug", LIST, {}, [404], -32600, "/ws/acme./sse"],
  ["reserved slug", LIST, {}, [404], -32600, "/ws/constructor/sse"],
  ["no endpoint", LIST, {}, [404], -32600, "/ws/acme/other"],
];

describe("hostile requests", () => {
  let world: World;
  beforeAll(async () => {
    world = await gatewayWorld(fakeUpstream(() => ({ content: [], tools: [] })).transport);
  });
  afterAll(() => world.gateway.close());

  test.each(CASES)("%s", async (_what, body, headers, status, code, path) => {
    const answer = await world.post(body, headers, path);
    expect(status).toContain(answer.status);
    const text = await answer.text();
    if (answer.status === 202) expect(text).toBe("");
    if (code === "result") expect(JSON.parse(text)).toHaveProperty("result");
    else if (code !== undefined) expect(JSON.parse(text)).toMatchObject({ jsonrpc: "2.0", error: { code } });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBe(undefined);
  });

  test("a body that grows past the cap without a length is cut", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const request = new Request("https://gateway.example/ws/acme/sse", {
      method: "POST",
      headers: { host: "gateway.example", authorization: `Bearer ${world.token}`, "content-type": "application/json" },
      body,
      duplex: "half",
    } as RequestInit);
    expect((await world.gateway.handle(request, { sourceIp: null })).status).toBe(413);
    expect(sent).toBeLessThan(2 << 20);
  });

  test.each(["PUT", "PATCH", "OPTIONS", "HEAD"])("%s is 405 and says what is allowed", async (method) => {
    const headers = { host: "gateway.example", authorization: `Bearer ${world.token}` };
    const answer = await world.gateway.handle(new Request("https://gateway.example/ws/acme/sse", { method, headers }), {
      sourceIp: null,
    });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST, GET, DELETE"]);
  });
});
