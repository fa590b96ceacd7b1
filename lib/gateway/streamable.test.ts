import { afterEach, describe, expect, test, vi } from "vitest";
import { readEvents } from "@/lib/testing/event-reader";
import { type Answer, fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld, type Node, toolJson, type World } from "@/lib/testing/gateway-world";
import { memoryRelay } from "@/lib/testing/memory-relay";

const opened: Node[] = [];
afterEach(async () => {
  for (const { gateway } of opened.splice(0)) await gateway.close();
});

async function world(answer: Answer = () => ({ content: [] })) {
  const upstream = fakeUpstream((message, request) =>
    message.method === "tools/list" ? { tools: [JSON.parse(toolJson("echo"))] } : answer(message, request),
  );
  const relay = memoryRelay();
  const first: World = await gatewayWorld(upstream.transport, ["echo"], null, { relay });
  const second = first.another({ relay });
  opened.push(first, second);
  return { first, second, relay, upstream };
}

const rpc = (method: string, params?: unknown, id: unknown = 1) => ({ jsonrpc: "2.0", id, method, params });

async function begin(node: Node, path?: string): Promise<{ "mcp-session-id": string }> {
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "t", version: "1" } };
  const answer = await node.post(rpc("initialize", params), {}, path);
  expect(answer.status).toBe(200);
  return { "mcp-session-id": answer.headers.get("mcp-session-id") ?? "" };
}

const sse = { accept: "text/event-stream" };

describe("the standalone stream", () => {
  test("tells of lists that change, and only the newest of one session's streams does", async () => {
    const { first } = await world();
    const session = await begin(first);
    const older = readEvents(await first.send("GET", "/ws/acme/mcp", { ...sse, ...session }));
    await first.post(rpc("tools/list"), session);
    const newer = readEvents(await first.send("GET", "/ws/acme/mcp", { ...sse, ...session, "last-event-id": "7" }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [tool] = first.snapshot.servers[0]?.tools ?? [];
    if (tool) tool.enabled = false;
    first.snapshot.version++;
    first.gateway.refresh();
    await newer.message(({ method }) => method === "notifications/tools/list_changed");
    first.gateway.close();
    expect((await older.rest()).filter(({ event }) => event === "message")).toEqual([]);
  });

  test("ends when its session is ended, on whatever node", async () => {
    const { first, second } = await world();
    const session = await begin(first);
    const [here, there] = await Promise.all(
      [first, second].map(async (node) => readEvents(await node.send("GET", "/ws/acme/mcp", { ...sse, ...session }))),
    );
    expect((await second.send("DELETE", "/ws/acme/mcp", session)).status).toBe(204);
    await Promise.all([here?.rest(), there?.rest()]);
    expect((await second.post(rpc("ping"), session)).status).toBe(404);
  });

  test.each([
    ["GET with a version and no session", "GET", { ...sse, "mcp-protocol-version": "2024-11-05" }],
    ["GET of a modern client", "GET", { ...sse, "mcp-protocol-version": "2026-07-28", "mcp-session-id": "x" }],
    ["DELETE of a modern client", "DELETE", { "mcp-protocol-version": "2026-07-28", "mcp-session-id": "x" }],
    ["GET of nothing", "GET", { accept: "application/json" }],
  ])("%s is 405", async (_, method, headers) => {
    const { first } = await world();
    const answer = await first.send(method, "/ws/acme/mcp", headers as Record<string, string>);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST, GET, DELETE"]);
  });
});

test("a request can be cancelled from another node", async () => {
  let aborted = false;
  const { first, second } = await world((_message, request) => {
    request.signal?.addEventListener("abort", () => {
      aborted = true;
    });
    return new Promise((resolve) => setTimeout(() => resolve({ content: [] }), 5_000));
  });
  const session = await begin(first);
  void first.post(rpc("tools/call", { name: "up__echo" }, "long"), session);
  await vi.waitFor(() => expect(first.intents.length).toBe(1));
  await second.post({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: "long" } }, session);
  await vi.waitFor(() => expect(aborted).toBe(true), 3_000);
});

describe("the single-server endpoint", () => {
  const path = "/ws/acme/s/up/mcp";

  test("has the server's own names", async () => {
    const { first } = await world();
    const session = await begin(first, path);
    const list = await (await first.post(rpc("tools/list"), session, path)).json();
    expect(list).toMatchObject({ result: { tools: [{ name: "echo" }] } });
    await first.post(rpc("tools/call", { name: "echo" }), session, path);
    expect(first.intents).toMatchObject([{ server: "up", tool: "echo", memberId: "mem_1" }]);
  });

  test("a server that is not there is the same 404 as a workspace that is not", async () => {
    const { first } = await world();
    const texts = await Promise.all(
      ["/ws/acme/s/nosuch/mcp", "/ws/other/s/up/mcp", "/ws/other/mcp"].map(async (at) => {
        const answer = await first.post(rpc("ping"), {}, at);
        return `${answer.status} ${await answer.text()}`;
      }),
    );
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toMatch(/^404 /);
  });

  test("is opened by tokens alone, and says nothing of a sign-in", async () => {
    const { first } = await world();
    const answer = await first.post(rpc("ping"), { authorization: "" }, path);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Bearer error="invalid_token"']);
  });
});
