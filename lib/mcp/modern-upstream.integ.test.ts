import { expect, test, vi } from "vitest";
import { listPrompts, listResources, listTemplates } from "./list-all";
import { listTools } from "./list-tools";
import { events, json, startFixture } from "./testing/fixture-server";
import { startNewServer } from "./testing/sdk-servers";
import { call, closing, failure, join, said } from "./testing/world";
import type { UpstreamSession } from "./upstream";

async function newServer(only = true) {
  const server = await startNewServer(only);
  closing(server);
  return server;
}

const lastSeen = (server: Awaited<ReturnType<typeof newServer>>, method: string) =>
  server.seen.findLast((each) => each.body?.method === method);

test("a session says what the server is, and each request carries the envelope and its headers", async () => {
  const server = await newServer();
  const session = await join(server.url, { profile: { capabilities: { elicitation: { form: {} } } } });
  expect(session.era).toBe("modern");
  expect(session.info).toMatchObject({
    protocolVersion: "2026-07-28",
    serverInfo: { name: "new", version: "2" },
    capabilities: { tools: { listChanged: true }, resources: { subscribe: true } },
    instructions: "Ask away.",
  });
  const params =
    '{"name":"echo","arguments":{"text":"a"},"_meta":{"traceparent":"00-1","io.modelcontextprotocol/logLevel":"info"}}';
  const answer = await call(session, {}, params);
  expect(said(answer)).toMatchObject({
    text: "a",
    meta: { traceparent: "00-1" },
    envelope: {
      "io.modelcontextprotocol/clientInfo": { name: "aerostack" },
      "io.modelcontextprotocol/clientCapabilities": { elicitation: { form: {} } },
      "io.modelcontextprotocol/logLevel": "info",
    },
  });
  expect(JSON.parse(answer.json)).toMatchObject({ resultType: "complete" });
  expect(lastSeen(server, "tools/call")?.headers).toMatchObject({
    "mcp-protocol-version": "2026-07-28",
    "mcp-method": "tools/call",
    "mcp-name": "echo",
    authorization: "Bearer s3cret",
  });
  expect(server.seen.map((each) => each.body?.method)).toEqual(["server/discover", "tools/call"]);
});

test("lists are read raw; names that no header can hold travel encoded", async () => {
  const server = await newServer();
  const session = await join(server.url);
  const names = (list: { key: string }[]) => list.map(({ key }) => key);
  expect((await listTools(session, 2_000)).map(({ name }) => name)).toContain("routed");
  expect(names(await listPrompts(session, 2_000))).toEqual(["grüß"]);
  expect(names(await listTemplates(session, 2_000))).toEqual([]);
  expect(names(await listResources(session, 2_000))).toEqual(["note://a"]);
  const read = await session.request("resources/read", '{"uri":"note://a"}', { deadlineMs: 2_000 });
  expect(JSON.parse(read.json)).toMatchObject({ contents: [{ text: "hello" }], ttlMs: expect.any(Number) });
  expect(lastSeen(server, "resources/read")?.headers["mcp-name"]).toBe("note://a");
  expect((await session.request("prompts/get", '{"name":"grüß"}', { deadlineMs: 2_000 })).kind).toBe("result");
  expect(lastSeen(server, "prompts/get")?.headers["mcp-name"]).toBe("=?base64?Z3LDvMOf?=");
});

test("progress comes on the request's stream under the caller's token", async () => {
  const session = await join((await newServer()).url);
  const seen: string[] = [];
  const options = { onNotification: (text: string) => void seen.push(text) };
  expect(said(await call(session, options, '{"name":"count","_meta":{"progressToken":"t"}}'))).toBe("counted");
  expect(seen.map((text) => (JSON.parse(text) as { params: unknown }).params)).toEqual([
    { progressToken: "t", progress: 1 },
    { progressToken: "t", progress: 2 },
  ]);
});

test("input_required comes as the result it is, and the retry brings the answers", async () => {
  const session = await join((await newServer()).url, { profile: { capabilities: { elicitation: { form: {} } } } });
  const first = await call(session, {}, '{"name":"ask"}');
  expect(JSON.parse(first.json)).toMatchObject({ resultType: "input_required", inputRequests: { answer: {} } });
  const answers = '{"name":"ask","inputResponses":{"answer":{"action":"accept","content":{"name":"Ada"}}}}';
  expect(said(await call(session, {}, answers))).toMatchObject({ action: "accept", content: { name: "Ada" } });
});

test("errors are replies with their status: unknown method 404, a missing capability or header 400", async () => {
  const session = await join((await newServer()).url);
  const request = (method: string, params?: string) => session.request(method, params, { deadlineMs: 2_000 });
  const codeOf = async (reply: ReturnType<typeof request>) => {
    const { kind, httpStatus, json: text } = await reply;
    return [kind, httpStatus, (JSON.parse(text) as { code: unknown }).code];
  };
  expect(await codeOf(request("ping"))).toEqual(["error", 404, -32601]);
  expect(await codeOf(request("tools/call", '{"name":"ask"}'))).toEqual(["error", 400, -32021]);
  const routed = '{"name":"routed","arguments":{"region":"eu","text":"x"}}';
  expect(await codeOf(request("tools/call", routed))).toEqual(["error", 400, -32020]);
  const paramHeaders = { "mcp-param-region": "eu" };
  expect(said(await call(session, { paramHeaders }, routed))).toEqual({ region: "eu", text: "x" });
  expect(await codeOf(request("tools/call", "[]"))).toEqual(["error", 400, -32602]);
  expect(session.closed).toBe(false);
});

test("closing the request cancels it at the server, and no message is sent", async () => {
  const server = await newServer();
  const session = await join(server.url);
  const controller = new AbortController();
  const waiting = failure(call(session, { signal: controller.signal }, '{"name":"wait"}'));
  await vi.waitFor(() => expect(lastSeen(server, "tools/call")).toBeDefined());
  controller.abort();
  expect((await waiting).reason).toBe("aborted");
  await vi.waitFor(() => expect(server.cancelled()).toBe(1));
  expect((await failure(call(session, { deadlineMs: 100 }, '{"name":"wait"}'))).reason).toBe("timeout");
  await vi.waitFor(() => expect(server.cancelled()).toBe(2));
  expect(server.seen.map((each) => each.body?.method)).not.toContain("notifications/cancelled");
});

async function listening(session: UpstreamSession, resources: string[] = []) {
  const controller = new AbortController();
  closing({ close: () => controller.abort() });
  const heard: string[] = [];
  const filter = { tools: true, prompts: false, resourceList: true, resources };
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const onNotification = (text: string) => void heard.push(text);
  const ended = session.listen({ filter, onNotification, onOpen: open, signal: controller.signal });
  ended.catch(() => undefined);
  await opened;
  return { heard, ended, stop: () => controller.abort() };
}

test("a listen brings what was asked for, without ids, until it is stopped", async () => {
  const server = await newServer();
  const session = await join(server.url);
  const { heard, ended, stop } = await listening(session, ["note://a"]);
  server.notify.toolsChanged();
  server.notify.promptsChanged();
  server.notify.resourceUpdated("note://b");
  server.notify.resourceUpdated("note://a");
  await vi.waitFor(() =>
    expect(heard.map((text) => JSON.parse(text) as unknown)).toEqual([
      { jsonrpc: "2.0", method: "notifications/tools/list_changed", params: {} },
      { jsonrpc: "2.0", method: "notifications/resources/updated", params: { uri: "note://a" } },
    ]),
  );
  expect(lastSeen(server, "subscriptions/listen")?.body?.params?.notifications).toEqual({
    toolsListChanged: true,
    resourcesListChanged: true,
    resourceSubscriptions: ["note://a"],
  });
  stop();
  await ended;
});

test("a listen ends with the server's result, and breaks with its stream", async () => {
  const server = await newServer();
  const session = await join(server.url);
  const graceful = await listening(session);
  await server.shutDown();
  await graceful.ended;
  const other = await newServer();
  const broken = await listening(await join(other.url));
  await other.close();
  expect((await failure(broken.ended)).reason).toBe("unreachable");
  const closed = await listening(await join((await newServer()).url));
  closed.stop();
  await closed.ended;
});

test("a server that was set back to an older release closes the session, so that the next one finds out", async () => {
  let old = false;
  const fixture = await startFixture((each) => {
    const { id, method } = each.message;
    if (old)
      return json(each.res, 400, {
        jsonrpc: "2.0",
        id: null,
        error: { code: -32000, message: "Server not initialized" },
      });
    const result = method === "server/discover" ? { supportedVersions: ["2026-07-28"], capabilities: {} } : {};
    json(each.res, 200, { jsonrpc: "2.0", id, result });
  });
  closing(fixture);
  const session = await join(fixture.url);
  expect([session.era, (await call(session)).kind, session.closed]).toEqual(["modern", "result", false]);
  old = true;
  expect((await call(session)).kind).toBe("error");
  expect(session.closed).toBe(true);
});

test("what a modern server asks on a stream is not answered", async () => {
  const fixture = await startFixture((each) => {
    const { id, method } = each.message;
    if (method === "server/discover")
      return json(each.res, 200, {
        jsonrpc: "2.0",
        id,
        result: { supportedVersions: ["2026-07-28"], capabilities: {} },
      });
    const send = events(each.res);
    send({ jsonrpc: "2.0", id: 1, method: "roots/list" });
    send({ jsonrpc: "2.0", id, result: {} });
    each.res.end();
  });
  closing(fixture);
  const session = await join(fixture.url);
  await call(session);
  await call(session);
  expect(fixture.methods()).toEqual(["server/discover", "tools/call", "tools/call"]);
});
