import { afterEach, describe, expect, test, vi } from "vitest";
import { type EventReader, readEvents } from "@/lib/testing/event-reader";
import { gatewayWorld, type Node } from "@/lib/testing/gateway-world";
import { listeningUpstream } from "@/lib/testing/listening-upstream";
import { memoryRelay } from "@/lib/testing/memory-relay";

const opened: Node[] = [];
const streams: EventReader[] = [];
afterEach(async () => {
  for (const stream of streams.splice(0)) await stream.close();
  for (const { gateway } of opened.splice(0)) await gateway.close();
});

async function world() {
  const up = listeningUpstream();
  const relay = memoryRelay();
  const first = await gatewayWorld(up.transport, ["echo"], null, { relay });
  const second = first.another({ relay });
  opened.push(first, second);
  return { up, first, second };
}

const META = "io.modelcontextprotocol";
const meta = { [`${META}/protocolVersion`]: "2026-07-28", [`${META}/clientCapabilities`]: {} };
const modern = (method: string) => ({ "mcp-protocol-version": "2026-07-28", "mcp-method": method });

async function listen(node: Node, notifications: object, path = "/ws/acme/mcp", id = "listen:0"): Promise<EventReader> {
  const message = { jsonrpc: "2.0", id, method: "subscriptions/listen", params: { notifications, _meta: meta } };
  const stream = readEvents(await node.post(message, modern("subscriptions/listen"), path));
  streams.push(stream);
  return stream;
}

async function begin(node: Node, path: string, capabilities: object = {}) {
  const params = { protocolVersion: "2025-11-25", capabilities, clientInfo: { name: "t", version: "1" } };
  const answer = await node.post({ jsonrpc: "2.0", id: 1, method: "initialize", params }, {}, path);
  const session = { "mcp-session-id": answer.headers.get("mcp-session-id") ?? "" };
  const stream = readEvents(await node.send("GET", path, { accept: "text/event-stream", ...session }));
  streams.push(stream);
  return { session, stream };
}

const rpc = (method: string, params?: object, id = 1) => ({ jsonrpc: "2.0", id, method, params });

describe("subscriptions/listen", () => {
  test("acknowledges first what it will bring, and tags everything with the request's id", async () => {
    const { first, up } = await world();
    const stream = await listen(first, { toolsListChanged: true, promptsListChanged: false });
    expect(await stream.message()).toEqual({
      jsonrpc: "2.0",
      method: "notifications/subscriptions/acknowledged",
      params: { notifications: { toolsListChanged: true }, _meta: { [`${META}/subscriptionId`]: "listen:0" } },
    });
    up.tools.push("more");
    up.tell("notifications/prompts/list_changed");
    up.tell("notifications/tools/list_changed");
    expect(await stream.message()).toEqual({
      jsonrpc: "2.0",
      method: "notifications/tools/list_changed",
      params: { _meta: { [`${META}/subscriptionId`]: "listen:0" } },
    });
    expect(first.saved.at(-1)?.tools.map(({ name }) => name)).toEqual(["echo", "more"]);
  });

  test("tells of a change that an upstream announces, even where the list looks the same", async () => {
    const { first, up } = await world();
    const stream = await listen(first, { promptsListChanged: true });
    await stream.message();
    up.tell("notifications/prompts/list_changed");
    expect(await stream.message()).toMatchObject({ method: "notifications/prompts/list_changed" });
  });

  test("brings news of resources under the names that the client knows", async () => {
    const { first, up } = await world();
    const exposed = "up+file:///readme";
    const stream = await listen(first, { resourceSubscriptions: [exposed, "nobody+file:///x"] });
    expect(await stream.message()).toMatchObject({ params: { notifications: { resourceSubscriptions: [exposed] } } });
    await vi.waitFor(() => expect([...up.subscribed]).toEqual(["file:///readme"]));
    up.tell("notifications/resources/updated", { uri: "file:///readme", "x-kept": 1 });
    expect(await stream.message()).toMatchObject({
      method: "notifications/resources/updated",
      params: { uri: exposed, "x-kept": 1 },
    });
  });

  test("a member whose scope leaves a server out hears nothing of its resources", async () => {
    const { first, up } = await world();
    first.principal.toolScope = { readOnly: false, servers: { srv_other: null } };
    const stream = await listen(first, { toolsListChanged: true, resourceSubscriptions: ["up+file:///readme"] });
    expect(await stream.message()).toMatchObject({
      params: { notifications: { toolsListChanged: true, resourceSubscriptions: [] } },
    });
    up.tell("notifications/resources/updated", { uri: "file:///readme" });
    await first.gateway.close();
    expect(await stream.message()).toMatchObject({ id: "listen:0", result: {} });
    expect([...up.subscribed]).toEqual([]);
  });

  test("ends with a result when the gateway shuts down", async () => {
    const { first } = await world();
    const stream = await listen(first, { toolsListChanged: true }, undefined, "q");
    await stream.message();
    await first.gateway.close();
    expect(await stream.message()).toEqual({
      jsonrpc: "2.0",
      id: "q",
      result: { resultType: "complete", _meta: { [`${META}/subscriptionId`]: "q" } },
    });
  });

  test.each([
    ["no filter", undefined],
    ["a filter that is none", { toolsListChanged: "yes" }],
    ["resources that are no list", { resourceSubscriptions: "a" }],
  ])("%s is -32602", async (_, notifications) => {
    const { first } = await world();
    const params = { notifications, _meta: meta };
    const answer = await first.post(rpc("subscriptions/listen", params), modern("subscriptions/listen"));
    expect(await answer.json()).toMatchObject({ id: 1, error: { code: -32602 } });
  });

  test("one upstream stream serves all who listen, and ends when nobody does", async () => {
    const { first, up } = await world();
    const all = await Promise.all([1, 2, 3].map(() => listen(first, { toolsListChanged: true })));
    for (const stream of all) await stream.message();
    expect(up.streams.size).toBe(1);
    for (const stream of all) await stream.close();
    await first.gateway.close();
    await vi.waitFor(() => expect(up.streams.size).toBe(0));
  });
});

describe("older clients", () => {
  test("subscribe on one node and hear of it on the stream that another holds", async () => {
    const { first, second, up } = await world();
    const { session, stream } = await begin(first, "/ws/acme/mcp");
    await new Promise((resolve) => setTimeout(resolve, 50));
    const subscribed = await second.post(
      rpc("resources/subscribe", { uri: "up+file:///readme" }),
      session,
      "/ws/acme/mcp",
    );
    expect(await subscribed.json()).toMatchObject({ result: {} });
    await vi.waitFor(() => expect(up.subscribed.has("file:///readme")).toBe(true), 5_000);
    await vi.waitFor(() => expect(up.streams.size).toBeGreaterThan(0));
    up.tell("notifications/resources/updated", { uri: "file:///readme" });
    expect(await stream.message(({ method }) => method === "notifications/resources/updated")).toMatchObject({
      params: { uri: "up+file:///readme" },
    });
  });

  test("get on a single-server endpoint whatever else its server says, and answer what it asks", async () => {
    const { first, second, up } = await world();
    const path = "/ws/acme/s/up/mcp";
    const { session, stream } = await begin(first, path, { roots: {} });
    await vi.waitFor(() => expect(up.streams.size).toBe(2)); // the client's own, and the one of the catalogue
    up.tell("notifications/message", { level: "info", data: "hello" });
    expect(await stream.message(({ method }) => method === "notifications/message")).toMatchObject({
      params: { data: "hello" },
    });
    up.tell("roots/list", undefined, "ask-1");
    const asked = await stream.message(({ method }) => method === "roots/list");
    const answer = { jsonrpc: "2.0", id: asked.id, result: { roots: [] } };
    expect((await second.post(answer, session, path)).status).toBe(202);
    await vi.waitFor(() => expect(up.answers).toContainEqual({ id: "ask-1", result: { roots: [] } }), 5_000);
  });
});
