import { afterEach, describe, expect, test, vi } from "vitest";
import { type Answer, fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld, toolJson, type World } from "@/lib/testing/gateway-world";

const call = (name: string, args: unknown = {}, id: unknown = 1) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name, arguments: args },
});
const rpc = (method: string, params?: unknown) => ({ jsonrpc: "2.0", id: 1, method, params });
const hello = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "t", version: "1" } };

const opened: World[] = [];
async function world(answer: Answer = () => ({ content: [{ type: "text", text: "hi" }] }), tools?: string[]) {
  const upstream = fakeUpstream((message, request) =>
    message.method === "tools/list"
      ? { tools: (tools ?? ["echo"]).map((name) => JSON.parse(toolJson(name))) }
      : answer(message, request),
  );
  const made = await gatewayWorld(upstream.transport, tools);
  opened.push(made);
  return { ...made, upstream };
}
afterEach(async () => {
  for (const made of opened.splice(0)) await made.gateway.close();
});

describe("authentication", () => {
  test("every bad credential gets the same 401", async () => {
    const w = await world();
    const flipped = `${w.token.slice(0, -1)}${w.token.endsWith("0") ? "1" : "0"}`;
    const attempts = [
      "",
      "Bearer",
      `Basic ${w.token}`,
      w.token,
      `Bearer  ${w.token}`,
      `Bearer ${w.token},${w.token}`,
      `Bearer ${flipped}`,
      `Bearer ${w.token.toLowerCase()}`,
    ];
    const answers = await Promise.all(attempts.map((authorization) => w.post(rpc("ping"), { authorization })));
    const bodies = new Set(
      await Promise.all(answers.map(async (r) => `${r.status} ${r.headers.get("www-authenticate")} ${await r.text()}`)),
    );
    expect([...bodies]).toEqual([expect.stringMatching(/^401 Bearer /)]);
  });

  test("the scheme is case-insensitive and every method is authenticated", async () => {
    const w = await world();
    expect((await w.post(rpc("ping"), { authorization: `bearer ${w.token}` })).status).toBe(200);
    for (const method of ["GET", "DELETE", "PUT"]) {
      const request = new Request("https://gateway.example/ws/acme/sse", {
        method,
        headers: { host: "gateway.example" },
      });
      expect((await w.gateway.handle(request, { sourceIp: null })).status).toBe(401);
    }
  });

  test("a revoked token is refused once its read is a second old", async () => {
    const w = await world();
    expect((await w.post(rpc("ping"))).status).toBe(200);
    w.hooks.revoked = true;
    w.hooks.now = 1_000;
    expect((await w.post(rpc("ping"))).status).toBe(401);
  });
});

test("told of a change on its own node, the gateway refuses a revoked token with the next request and ends its streams", async () => {
  const w = await world();
  const headers = { host: "gateway.example", authorization: `Bearer ${w.token}`, accept: "text/event-stream" };
  const stream = await w.gateway.handle(new Request("https://gateway.example/ws/acme/sse", { headers }), {
    sourceIp: null,
  });
  expect((await w.post(rpc("ping"))).status).toBe(200);
  w.hooks.revoked = true;
  w.gateway.refresh();
  expect((await w.post(rpc("ping"))).status).toBe(401);
  expect(await stream.text()).toContain("event: endpoint");
});

describe("calls", () => {
  test("a call is recorded, injected, forwarded under its own name and settled", async () => {
    const w = await world((message, request) => ({
      content: [],
      echoed: message.params,
      auth: request.headers.Authorization?.length,
    }));
    const answer = await (await w.post(call("up__echo", { n: 1 }))).json();
    expect(answer).toMatchObject({
      id: 1,
      result: { echoed: { name: "echo", arguments: { n: 1 } }, auth: `Bearer ${w.secret}`.length },
    });
    await w.gateway.close();
    expect(w.intents).toMatchObject([
      {
        actorName: "Alice",
        server: "up",
        tool: "echo",
        outcome: "pending",
        secretsUsed: ["API_KEY"],
        sourceIp: "127.0.0.1",
      },
    ]);
    expect(w.outcomes).toMatchObject([{ id: w.intents[0]?.id, outcome: "ok" }]);
  });

  test("no upstream is touched before the intent is committed", async () => {
    const w = await world();
    await w.post(call("up__echo"));
    const before = w.upstream.requests.length;
    let commit = () => {};
    w.hooks.writeCalls = () => new Promise((resolve) => (commit = resolve));
    const pending = w.post(call("up__echo"));
    await vi.waitFor(() => expect(commit).not.toBe(undefined));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(w.upstream.requests.length).toBe(before);
    w.hooks.writeCalls = undefined;
    commit();
    expect((await pending).status).toBe(200);
    expect(w.upstream.requests.length).toBe(before + 1);
  });

  test("when the call cannot be recorded it is not made: 503", async () => {
    const w = await world();
    w.hooks.writeCalls = () => Promise.reject(new Error("database is down"));
    const answer = await w.post(call("up__echo"));
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(w.upstream.requests).toEqual([]);
    w.hooks.writeCalls = undefined;
  });

  test.each(["nosuch__tool", "up__", "UP__echo", "echo", "up__nope", "__proto__"])(
    "%s is an unknown tool: recorded as denied, no upstream asked",
    async (name) => {
      const w = await world();
      const answer = await (await w.post(call(name))).json();
      expect(answer).toMatchObject({ id: 1, error: { code: -32602 } });
      expect(w.intents).toMatchObject([{ outcome: "denied", errorClass: "unknown_tool" }]);
      expect(w.upstream.requests).toEqual([]);
    },
  );

  test("a tool that is switched off is unknown and unlisted", async () => {
    const w = await world(undefined, ["echo", "off"]);
    const off = w.snapshot.servers[0]?.tools[1];
    if (off) off.enabled = false;
    expect(await (await w.post(call("up__off"))).json()).toMatchObject({ error: { code: -32602 } });
    const list = (await (await w.post(rpc("tools/list"))).json()) as { result: { tools: { name: string }[] } };
    expect(list.result.tools.map((tool) => tool.name)).toEqual(["up__echo"]);
  });

  test("a secret that the upstream echoes leaves redacted, in every spelling", async () => {
    const w = await world((_message, request) => {
      const value = (request.headers.Authorization ?? "").slice(7);
      return { content: [{ type: "text", text: `${value} ${btoa(value)} ${encodeURIComponent(value)}` }] };
    });
    const text = await (await w.post(call("up__echo"))).text();
    expect(text).toContain("[redacted] [redacted]");
    expect(text).not.toContain(w.secret);
    expect(w.lines.join("\n")).not.toContain(w.secret);
  });

  test("a missing secret is said to the model, and nothing is sent", async () => {
    const w = await world();
    w.snapshot.servers[0]?.secrets.splice(0);
    const answer = await (await w.post(call("up__echo"))).json();
    expect(answer).toMatchObject({
      result: { isError: true, content: [{ text: expect.stringContaining("API_KEY") }] },
    });
    expect(w.upstream.requests).toEqual([]);
  });

  test("an upstream that sends garbage becomes a tool result that names the server only", async () => {
    const w = await world(() => "<html>internal.host 10.0.0.1</html>");
    const text = await (await w.post(call("up__echo"))).text();
    expect(JSON.parse(text)).toMatchObject({ result: { isError: true } });
    expect(text).not.toContain("10.0.0.1");
  });

  test("the client's own id comes back byte for byte", async () => {
    const w = await world();
    const text = await (
      await w.post('{"jsonrpc":"2.0","id":"\\u0041\\u0000","method":"tools/call","params":{"name":"up__echo"}}')
    ).text();
    expect(text).toContain('"id":"\\u0041\\u0000"');
  });

  test("unknown fields and exact numbers survive both ways", async () => {
    let seen = "";
    const w = await world((_message, request) => {
      seen = request.body ?? "";
      const id = (JSON.parse(seen) as { id: number }).id;
      return `{"jsonrpc":"2.0","id":${id},"result":{"content":[],"big":12345678901234567890,"x":1.0}}`;
    });
    const text = await (
      await w.post(
        '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"up__echo","arguments":{"n":1.50},"later":true}}',
      )
    ).text();
    expect(seen).toContain('"arguments":{"n":1.50},"later":true');
    expect(text).toContain('"big":12345678901234567890,"x":1.0');
  });

  test("200 calls at once with one id each get their own answer", async () => {
    const w = await world((message) => ({ content: [], args: message.params?.arguments }));
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => w.post(call("up__echo", { n })).then((r) => r.json())),
    );
    expect(answers.map((a) => (a as { result: { args: { n: number } } }).result.args.n)).toEqual(
      Array.from({ length: 200 }, (_, n) => n),
    );
    expect(new Set(w.intents.map((intent) => intent.id)).size).toBe(200);
  });
});

describe("lists", () => {
  test("names are prefixed; a live list that differs is stored", async () => {
    const w = await world(undefined, ["b", "a"]);
    if (w.snapshot.servers[0]) w.snapshot.servers[0].tools = [];
    const list = (await (await w.post(rpc("tools/list"))).json()) as { result: { tools: { name: string }[] } };
    expect(list.result.tools.map((tool) => tool.name)).toEqual(["up__a", "up__b"]);
    expect(w.saved).toMatchObject([{ serverId: "srv_1" }]);
  });

  test("a server that is down is listed with its last known tools", async () => {
    const made = await gatewayWorld(() => Promise.reject(new Error("down")), ["echo"]);
    opened.push(made);
    const list = (await (await made.post(rpc("tools/list"))).json()) as { result: { tools: { name: string }[] } };
    expect(list.result.tools.map((tool) => tool.name)).toEqual(["up__echo"]);
  });
});

describe("sessions", () => {
  test("initialize begins a session, DELETE ends it, afterwards it is 404", async () => {
    const w = await world();
    const first = await w.post(rpc("initialize", hello));
    const id = first.headers.get("mcp-session-id") ?? "";
    expect(await first.json()).toMatchObject({ result: { protocolVersion: "2025-06-18" } });
    expect((await w.post(rpc("ping"), { "mcp-session-id": id })).status).toBe(200);
    const end = new Request("https://gateway.example/ws/acme/mcp", {
      method: "DELETE",
      headers: { host: "gateway.example", authorization: `Bearer ${w.token}`, "mcp-session-id": id },
    });
    expect((await w.gateway.handle(end, { sourceIp: null })).status).toBe(204);
    expect((await w.post(rpc("ping"), { "mcp-session-id": id })).status).toBe(404);
    expect((await w.post(rpc("ping"), { "mcp-session-id": `${id}x` })).status).toBe(404);
  });

  test("an unknown version gets a counter-offer", async () => {
    const w = await world();
    expect(await (await w.post(rpc("initialize", { ...hello, protocolVersion: "1999-01-01" }))).json()).toMatchObject({
      result: { protocolVersion: "2025-11-25" },
    });
  });

  test("HTTP+SSE of 2024-11-05: the endpoint event names where to post, answers come on the stream", async () => {
    const w = await world();
    const headers = { host: "gateway.example", authorization: `Bearer ${w.token}`, accept: "text/event-stream" };
    const stream = await w.gateway.handle(new Request("https://gateway.example/ws/acme/sse", { headers }), {
      sourceIp: null,
    });
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let text = "";
    const until = async (pattern: RegExp) => {
      while (!pattern.test(text)) text += decoder.decode((await reader.read()).value, { stream: true });
      return pattern.exec(text)?.[1] ?? "";
    };
    const path = await until(/event: endpoint\ndata: (\S+)/);
    expect(path).toMatch(/^\/ws\/acme\/sse\?sessionId=/);
    expect((await w.post(rpc("initialize", { ...hello, protocolVersion: "2024-11-05" }), {}, path)).status).toBe(202);
    expect(await until(/"protocolVersion":"([^"]+)"/)).toBe("2024-11-05");
    expect((await w.post(call("up__echo", {}, 7), {}, path)).status).toBe(202);
    await until(/("id":7,"result")/);
    await reader.cancel();
    expect((await w.post(rpc("ping"), {}, path)).status).toBe(404);
  });
});
