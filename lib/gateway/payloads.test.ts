import { afterEach, describe, expect, test, vi } from "vitest";
import { openPayload } from "@/lib/crypto/call-payload";
import { fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld, toolJson, type World } from "@/lib/testing/gateway-world";

const call = (args: unknown = {}, name = "up__read") => ({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name, arguments: args },
});

const opened: World[] = [];
/** A world whose tools answer with this result. */
async function world(result: unknown = { content: [] }) {
  const upstream = fakeUpstream(() => result);
  const made = await gatewayWorld(upstream.transport, ["read"]);
  opened.push(made);
  const change = (settings: Partial<World["snapshot"]>) => {
    Object.assign(made.snapshot, settings, { version: made.snapshot.version + 1 });
    made.gateway.refresh();
  };
  return { ...made, upstream, change };
}
afterEach(async () => {
  for (const made of opened.splice(0)) await made.gateway.close();
});

const args = async (w: World, at = -1, callId = w.intents.at(at)?.id ?? "") =>
  openPayload(w.dataKey, w.intents.at(at)?.argsSealed ?? "", { workspaceId: "ws_1", callId, part: "arguments" });
const result = async (w: World, part: "result" | "arguments" = "result") => {
  const { id: callId, resultSealed } = w.outcomes.at(-1) ?? { id: "", resultSealed: null };
  return openPayload(w.dataKey, resultSealed ?? "", { workspaceId: "ws_1", callId, part });
};

describe("kept arguments", () => {
  test("are sealed for their own row where the workspace keeps them, byte for byte", async () => {
    const w = await world();
    await w.post(call({ a: 1 }));
    w.change({ keepArguments: true });
    await w.post('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"up__read","arguments":{"n":1.50}}}');
    await w.post(call({ a: 1 }, "nosuch__tool"));
    const [off, on, unknown] = w.intents;
    for (const row of [off, unknown]) expect(row).toMatchObject({ argsSealed: null, argsKeyId: null });
    expect(on?.argsKeyId).toBe("dek_1");
    expect(await args(w, 1)).toEqual({ text: '{"n":1.50}', cut: false, bytes: 10 });
    expect(await args(w, 1, off?.id)).toBeNull();
  });

  test("hold no value of a redacted field, and say where they were cut", async () => {
    const w = await world();
    w.change({ keepArguments: true, redactFields: ["e-mail"] });
    await w.post(call({ apiKey: "leak", list: [{ customerEmail: "leak" }], text: '{"Password":"leak"}', n: 1 }));
    expect((await args(w))?.text).not.toContain("leak");
    expect((await args(w))?.text).toContain('"n":1');
    await w.post(call({ big: "é".repeat(50_000) }));
    const kept = await args(w);
    expect(kept).toMatchObject({ cut: true, bytes: 100_010 });
    expect(new TextEncoder().encode(kept?.text).length).toBeLessThanOrEqual(64 << 10);
  });
});

describe("kept results", () => {
  const secretive = {
    content: [{ type: "text", text: '{"token":"leak","n":1}' }],
    structuredContent: { token: "leak" },
  };

  test("are sealed for their own row and part, redacted, once the answer is out", async () => {
    const w = await world(secretive);
    w.change({ keepArguments: true });
    await w.post(call());
    await w.gateway.close();
    expect(w.outcomes).toMatchObject([{ outcome: "ok", resultSealed: null, resultKeyId: null }]);

    const kept = await world(secretive);
    kept.change({ keepArguments: true, keepResults: true });
    expect(await (await kept.post(call())).text()).toContain("leak");
    await vi.waitFor(() => expect(kept.outcomes).toHaveLength(1));
    expect(kept.outcomes).toMatchObject([{ outcome: "ok", resultKeyId: "dek_1" }]);
    const { text } = (await result(kept)) ?? { text: "" };
    expect(text).not.toContain("leak");
    expect(JSON.parse(text).structuredContent).toEqual({ token: "[redacted]" });
    expect(await result(kept, "arguments")).toBeNull();
  });

  test("reach the log when the gateway closes at once", async () => {
    const w = await world();
    w.change({ keepArguments: true, keepResults: true });
    await w.post(call());
    await w.gateway.close();
    expect(w.outcomes).toMatchObject([{ outcome: "ok", resultKeyId: "dek_1" }]);
  });
});

test("a call is of the kind that its tool claims", async () => {
  const w = await world();
  await w.post(call());
  const [server] = w.snapshot.servers;
  const definition = toolJson("read", '"inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}');
  const read = { name: "read", enabled: true, definition, alias: null, description: null };
  if (server) w.change({ servers: [{ ...server, tools: [read] }] });
  await w.post(call());
  await w.post(call({}, "nosuch__tool"));
  expect(w.intents.map(({ toolKind }) => toolKind)).toEqual([null, "read", null]);
});

describe("the list of addresses", () => {
  const get = (w: World, sourceIp: string | null) =>
    w.gateway.handle(
      new Request("https://gateway.example/ws/acme/sse", {
        headers: { host: "gateway.example", authorization: `Bearer ${w.token}`, accept: "text/event-stream" },
      }),
      { sourceIp },
    );

  test("refuses calls from elsewhere with a row, before any upstream is touched", async () => {
    const w = await world();
    w.change({ ipAllow: ["192.0.2.0/24"] });
    const answer = await w.post(call()); // from 127.0.0.1
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ id: 1, error: { message: expect.stringContaining("127.0.0.1") } });
    expect(w.intents).toMatchObject([
      {
        outcome: "denied",
        errorClass: "ip_denied",
        memberId: "mem_1",
        server: "up",
        tool: "read",
        sourceIp: "127.0.0.1",
      },
    ]);
    const list = await w.post({ jsonrpc: "2.0", id: 2, method: "tools/list" });
    expect(list.status).toBe(403);
    expect(w.intents).toHaveLength(1);
    expect(w.upstream.requests).toEqual([]);
    w.change({ ipAllow: ["192.0.2.0/24", "127.0.0.1"] });
    expect((await w.post(call())).status).toBe(200);
  });

  test("holds for streams, open ones too, and for who has no address", async () => {
    const w = await world();
    const open = await get(w, "127.0.0.1");
    const reader = open.body?.getReader();
    await reader?.read();
    w.change({ ipAllow: ["192.0.2.1"] });
    expect((await get(w, "127.0.0.1")).status).toBe(403);
    expect((await get(w, null)).status).toBe(403);
    expect((await get(w, "192.0.2.1")).status).toBe(200);
    await vi.waitFor(async () => expect((await reader?.read())?.done).toBe(true));
  });

  test("is asked of nobody without a good credential", async () => {
    const w = await world();
    w.change({ ipAllow: ["192.0.2.1"] });
    expect((await w.post(call(), { authorization: "Bearer mwt_no" })).status).toBe(401);
    expect((await w.post(call(), {}, "/ws/other/sse")).status).toBe(404);
  });
});

test("open streams end when the workspace's URL changes", async () => {
  const w = await world();
  const open = await w.gateway.handle(
    new Request("https://gateway.example/ws/acme/sse", {
      headers: { host: "gateway.example", authorization: `Bearer ${w.token}`, accept: "text/event-stream" },
    }),
    { sourceIp: "127.0.0.1" },
  );
  const reader = open.body?.getReader();
  await reader?.read();
  w.principal.workspaceSlug = "renamed";
  w.change({ slug: "renamed" });
  await vi.waitFor(async () => expect((await reader?.read())?.done).toBe(true));
  expect((await w.post(call())).status).toBe(404);
  expect((await w.post(call(), {}, "/ws/renamed/mcp")).status).toBe(200);
});
