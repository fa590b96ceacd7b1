import { afterEach, describe, expect, test, vi } from "vitest";
import type { ArgumentCondition, ArgumentRule } from "@/lib/access/argument-rule";
import { sealSecret } from "@/lib/crypto/secret";
import { fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld, toolJson, type World } from "@/lib/testing/gateway-world";
import type { SealedSecret } from "./ports";

const rpc = (method: string, params?: unknown) => ({ jsonrpc: "2.0", id: 1, method, params });
const call = (name: string, args: unknown = {}) => rpc("tools/call", { name, arguments: args });
const TOOLS = ["read", "write"];
const definition = (name: string) =>
  toolJson(name, `"inputSchema":{"type":"object"},"annotations":{"readOnlyHint":${name === "read"}}`);

const opened: World[] = [];
async function world() {
  const upstream = fakeUpstream((message, request) =>
    message.method === "tools/list"
      ? { tools: TOOLS.map((name) => JSON.parse(definition(name))) }
      : { content: [], length: request.headers.Authorization?.length },
  );
  const made = await gatewayWorld(upstream.transport, TOOLS);
  const [server] = made.snapshot.servers;
  if (!server) throw new Error("no server");
  server.tools = TOOLS.map((name) => ({
    name,
    enabled: true,
    definition: definition(name),
    alias: null,
    description: null,
  }));
  opened.push(made);
  return { ...made, upstream, server };
}
afterEach(async () => {
  for (const made of opened.splice(0)) await made.gateway.close();
});
const names = async (w: World) => {
  const list = (await (await w.post(rpc("tools/list"))).json()) as { result: { tools: { name: string }[] } };
  return list.result.tools.map((tool) => tool.name);
};
const refused = async (answer: Response) => {
  const { result } = (await answer.json()) as { result: { isError?: boolean; content: { text: string }[] } };
  return result.isError ? (result.content[0]?.text ?? "") : null;
};
const stream = (w: World) =>
  w.gateway.handle(
    new Request("https://gateway.example/ws/acme/sse", {
      headers: { host: "gateway.example", authorization: `Bearer ${w.token}`, accept: "text/event-stream" },
    }),
    { sourceIp: null },
  );

describe("tool scope", () => {
  test("narrows the list and refuses the call alike, and the refusal is recorded", async () => {
    const w = await world();
    w.principal.toolScope = { readOnly: true, servers: null };
    expect(await names(w)).toEqual(["up__read"]);
    expect(await refused(await w.post(call("up__read")))).toBeNull();
    const before = w.upstream.requests.length;
    expect(await refused(await w.post(call("up__write")))).toContain("may not use the tool up__write");
    expect(w.upstream.requests.length).toBe(before);
    expect(w.intents.at(-1)).toMatchObject({
      outcome: "denied",
      errorClass: "tool_scope",
      tool: "write",
      serverId: "srv_1",
    });
  });

  test("a changed scope is announced on open streams, an unchanged one is not", async () => {
    const w = await world();
    let text = "";
    const body = (await stream(w)).body as unknown as AsyncIterable<Uint8Array>;
    const reading = (async () => {
      for await (const chunk of body) text += new TextDecoder().decode(chunk);
    })();
    w.gateway.refresh();
    await vi.waitFor(() => expect(w.reads.token).toBeGreaterThan(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    w.gateway.refresh();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(text).not.toContain("list_changed");
    w.principal.toolScope = { readOnly: false, servers: { srv_1: ["read"] } };
    w.principal.accessVersion++;
    await vi.waitFor(() => expect(text).toContain("notifications/tools/list_changed"), 2_000);
    w.hooks.revoked = true;
    w.principal.accessVersion++;
    const at = Date.now();
    await reading;
    expect(Date.now() - at, "a revoked token's stream ends with the next poll").toBeLessThan(900);
  });
});

describe("argument rules", () => {
  const rule = (...conditions: ArgumentCondition[]): ArgumentRule => ({
    id: "rule_1",
    serverId: "srv_1",
    tool: "write",
    memberId: null,
    role: "member",
    conditions,
  });
  const atMost = rule({ path: ["amount"], operator: "lte", value: 100, optional: false });

  test("a call beyond a rule is refused in words and recorded; within it passes", async () => {
    const w = await world();
    w.snapshot.rules = [atMost];
    expect(await refused(await w.post(call("up__write", { amount: 250 })))).toContain(
      "`amount` must be at most 100; you sent 250.",
    );
    expect(w.upstream.requests).toEqual([]);
    expect(w.intents).toMatchObject([{ outcome: "denied", errorClass: "argument_rule", errorCode: null }]);
    expect(await refused(await w.post(call("up__write", { amount: 100 })))).toBeNull();
    expect(await refused(await w.post(call("up__read", { amount: 250 })))).toBeNull();
  });

  test("no other reading of the message gets past it", async () => {
    const w = await world();
    w.snapshot.rules = [atMost];
    for (const args of [
      '{"amount":1,"amount":250}',
      '{"amount":250,"amount":1}',
      '{"amount":1,"x":{"a":1,"\\u0061":2}}',
    ]) {
      const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"up__write","arguments":${args}}}`;
      expect(await refused(await w.post(body)), args).toContain("twice");
    }
    for (const twin of ['"Arguments":{"amount":250}', '"argument\\u017f":{}', '"NAME":"write"']) {
      const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"up__write","arguments":{"amount":1},${twin}}}`;
      expect(await (await w.post(body)).json(), twin).toMatchObject({ error: { code: -32602 } });
    }
    expect(w.upstream.requests).toEqual([]);
  });
});

describe("members' own credentials", () => {
  async function own(w: Awaited<ReturnType<typeof world>>, memberId: string, value: string): Promise<SealedSecret> {
    const origin = "https://up.example";
    const binding = { workspaceId: "ws_1", serverId: "srv_1", origin, name: "API_KEY", version: 1, memberId };
    return { ...binding, sealed: await sealSecret(w.dataKey, value, binding), dataKeyId: "dek_1" };
  }
  const sent = (w: Awaited<ReturnType<typeof world>>) =>
    new Set(w.upstream.requests.map(({ headers }) => headers.Authorization));

  test("only the member's own value is sent, in no session of another member", async () => {
    const w = await world();
    w.server.secretModes = { API_KEY: "member" };
    w.server.secrets.push(await own(w, "mem_1", "value-of-1"), await own(w, "mem_2", "value-of-2"));
    await w.post(call("up__read"));
    await names(w);
    expect(sent(w)).toEqual(new Set(["Bearer value-of-1"]));
    const mine = w.upstream.requests.length;
    w.principal.memberId = "mem_2";
    w.gateway.refresh();
    await w.post(call("up__read"));
    const [first] = w.upstream.requests.slice(mine);
    expect(first?.body).toContain("initialize");
    expect(new Set(w.upstream.requests.slice(mine).map(({ headers }) => headers.Authorization))).toEqual(
      new Set(["Bearer value-of-2"]),
    );
    expect(w.uses.flatMap(({ secrets }) => secrets.map(({ memberId }) => memberId))).toEqual(["mem_1", "mem_2"]);
  });

  test.each<["member" | "member_or_shared", string | null]>([
    ["member", null],
    ["member_or_shared", "shared"],
  ])("without one, %s sends %s", async (mode, expected) => {
    const w = await world();
    w.server.secretModes = { API_KEY: mode };
    w.server.secrets.push(await own(w, "mem_2", "value-of-2"));
    const text = await refused(await w.post(call("up__read")));
    if (expected === null) {
      expect(text).toContain("https://gateway.example/w/acme/connections");
      expect(await names(w)).toEqual(["up__read", "up__write"]);
      expect(w.upstream.requests).toEqual([]);
    } else {
      expect(text).toBeNull();
      expect(sent(w)).toEqual(new Set([`Bearer ${w.secret}`]));
    }
  });

  test("a value that was moved to another member does not open", async () => {
    const w = await world();
    w.server.secretModes = { API_KEY: "member" };
    w.server.secrets.push({ ...(await own(w, "mem_2", "value-of-2")), memberId: "mem_1" });
    expect(await refused(await w.post(call("up__read")))).toContain("failed inside the gateway");
    expect(w.upstream.requests).toEqual([]);
  });
});

describe("bad credentials", () => {
  test("a good token at a foreign slug and at an unknown one get one 404", async () => {
    const w = await world();
    const bytes = async (path: string, headers = {}) => {
      const answer = await w.post(rpc("ping"), headers, path);
      return [answer.status, [...answer.headers], await answer.text()];
    };
    const foreign = await bytes("/ws/other/sse");
    expect(foreign[0]).toBe(404);
    expect(await bytes("/ws/nobody/sse")).toEqual(foreign);
    expect((await bytes("/ws/other/sse", { authorization: "Bearer x" }))[0]).toBe(401);
  });

  test("a flood gets 429 with Retry-After; good tokens and other addresses go on, missing ones are not counted", async () => {
    const w = await world();
    const from = (authorization: string, sourceIp: string) =>
      w.gateway.handle(
        new Request("https://gateway.example/ws/acme/sse", {
          method: "GET",
          headers: { host: "gateway.example", authorization },
        }),
        { sourceIp },
      );
    const guess = () => from(`Bearer mwt_${crypto.randomUUID()}`, "192.0.2.1");
    for (let i = 0; i < 150; i++) await from("", "192.0.2.1");
    const statuses = [];
    for (let i = 0; i < 150; i++) statuses.push((await guess()).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
    expect(Number((await guess()).headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await from(`Bearer ${w.token}`, "192.0.2.1")).status).toBe(405);
    expect((await from("", "192.0.2.1")).status).toBe(401);
    expect((await from("Bearer mwt_x", "192.0.2.2")).status).toBe(401);
    w.hooks.now = 30_000;
    expect((await guess()).status).toBe(401);
  });
});

test("uses are noted once a minute, anew when the client first says its name", async () => {
  const w = await world();
  await w.post(call("up__read"));
  await w.post(call("up__read"));
  const hello = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "cursor", version: "1.2" } };
  await w.post(rpc("initialize", hello));
  await w.post(rpc("initialize", hello));
  expect(w.uses).toMatchObject([
    { tokenId: "tok_1", client: null, sourceIp: "127.0.0.1", secrets: [] },
    { secrets: [{ serverId: "srv_1", name: "API_KEY", memberId: null }] },
    { client: "cursor 1.2", secrets: [] },
  ]);
  w.hooks.now = 60_000;
  await w.post(rpc("ping"));
  expect(w.uses.length).toBe(4);
  await w.post(rpc("tools/list"));
  await w.post(rpc("tools/list"));
  expect(w.uses.map(({ listed }) => listed)).toEqual([false, false, false, false, true]);
});
