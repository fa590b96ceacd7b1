import { expect, test, vi } from "vitest";
import { events, handshake, json, reply, startFixture } from "./testing/fixture-server";
import { call, closing, connect, failure, transport } from "./testing/world";
import { openUpstream } from "./upstream";

test("the handshake tells what the server is, and later requests carry version and session", async () => {
  const { fixture, session } = await connect((each) => reply(each, { ok: true }), "up-1");
  expect(session.info).toEqual({
    protocolVersion: "2025-06-18",
    serverInfo: { name: "fixture", version: "1.2" },
    capabilities: { tools: {} },
    instructions: "Be kind.",
  });
  expect(await call(session)).toEqual({ kind: "result", json: '{"ok":true}', httpStatus: 200 });
  expect(fixture.methods()).toEqual(["initialize", "notifications/initialized", "tools/call"]);
  const last = fixture.calls[2]?.req.headers;
  expect(last).toMatchObject({
    "mcp-session-id": "up-1",
    "mcp-protocol-version": "2025-06-18",
    authorization: "Bearer s3cret",
  });
  expect(fixture.calls[0]?.req.headers["mcp-session-id"]).toBeUndefined();
});

test("bytes of params and result pass untouched", async () => {
  const result = '{ "big": 12345678901234567890, "x":1.0,"\\u0061":"\\u2028" }';
  const { fixture, session } = await connect((each) =>
    json(each.res, 200, `{"jsonrpc":"2.0","result":${result},"id":${each.message.id}}`),
  );
  const params = '{"name":"t","arguments":{"n":1.50,"big":12345678901234567890}}';
  expect((await call(session, {}, params)).json).toBe(result);
  expect(fixture.calls.at(-1)?.text).toContain(`"params":${params}}`);
});

test("overlapping calls get their own answers, over few connections", async () => {
  const { fixture, session } = await connect(async (each) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
    reply(each, { echo: each.message.params?.name });
  });
  const names = Array.from({ length: 50 }, (_, i) => `t${i}`);
  const replies = await Promise.all(names.map((name) => call(session, {}, JSON.stringify({ name }))));
  expect(replies.map((each) => (JSON.parse(each.json) as { echo: string }).echo)).toEqual(names);
  const before = fixture.sockets();
  for (let i = 0; i < 20; i++) await call(session);
  expect(fixture.sockets()).toBe(before);
});

test("progress on an event stream comes back under the caller's own token, byte for byte", async () => {
  const { fixture, session } = await connect((each) => {
    const send = events(each.res);
    const token = (each.message.params?._meta as { progressToken: unknown } | undefined)?.progressToken;
    send(": hello\n\nid: 1\ndata:\n\n");
    send({ jsonrpc: "2.0", method: "notifications/progress", params: { progressToken: token, progress: 1 } });
    send({
      jsonrpc: "2.0",
      method: "notifications/progress",
      params: { progressToken: "someone else's", progress: 2 },
    });
    send({ jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: "x" } });
    send({ jsonrpc: "2.0", id: each.message.id, result: { done: true } });
    each.res.end();
  });
  const seen: string[] = [];
  const params = '{"name":"t","_meta":{ "progressToken" : "caf\\u00e9" ,"x":1}}';
  const answer = await call(session, { onNotification: (text) => seen.push(text) }, params);
  expect(answer.json).toBe('{"done":true}');
  expect(seen[0]).toBe(
    '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"caf\\u00e9","progress":1}}',
  );
  expect(seen).toHaveLength(2);
  expect(fixture.calls.at(-1)?.message.params).toEqual({
    name: "t",
    _meta: { progressToken: fixture.calls.at(-1)?.message.id, x: 1 },
  });
});

test("a stream's connection is used again after its reply", async () => {
  const { fixture, session } = await connect((each) => {
    events(each.res)({ jsonrpc: "2.0", id: each.message.id, result: {} });
    setTimeout(() => each.res.end(), 5);
  });
  for (let i = 0; i < 5; i++) {
    await call(session);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(fixture.sockets()).toBeLessThanOrEqual(2); // the handshake's notification may still hold the first one
});

test("requests of the upstream are answered: ping with {}, others as unknown", async () => {
  const { fixture, session } = await connect((each) => {
    const send = events(each.res);
    send({ jsonrpc: "2.0", id: "p", method: "ping" });
    send({ jsonrpc: "2.0", id: 77, method: "sampling/createMessage", params: {} });
    setTimeout(() => each.res.end(`data: {"jsonrpc":"2.0","id":${each.message.id},"result":{}}\n\n`), 30);
  });
  await call(session);
  await vi.waitFor(() => expect(fixture.methods().filter((method) => method === "answer")).toHaveLength(2));
  const answers = fixture.calls.filter((each) => each.message.id !== undefined && !each.message.method);
  expect(answers.map((each) => each.text).sort()).toEqual([
    '{"jsonrpc":"2.0","id":"p","result":{}}',
    '{"jsonrpc":"2.0","id":77,"error":{"code":-32601,"message":"Method not found"}}',
  ]);
});

test.each([404, 400])(
  "a session the server lost (HTTP %i) is begun again once, for all who lost it",
  async (status) => {
    let known = "";
    let begun = 0;
    const fixture = await startFixture((each) => {
      if (each.message.method === "initialize") known = `s${++begun}`;
      if (handshake(each, known)) return;
      if (each.req.headers["mcp-session-id"] === known) return reply(each, { session: known });
      json(each.res, status, { jsonrpc: "2.0", id: null, error: { code: -32000, message: "No valid session ID" } });
    });
    closing(fixture);
    const session = await openUpstream(
      transport,
      { url: fixture.url, transport: "streamable-http", headers: {} },
      { deadlineMs: 2_000, era: "legacy" },
    );
    known = "restarted";
    const replies = await Promise.all([1, 2, 3, 4].map(() => call(session)));
    expect(replies.map((each) => each.json)).toEqual(Array(4).fill('{"session":"s2"}'));
    expect(begun).toBe(2);
  },
);

test("a session lost again and again ends in an error, not in a loop", async () => {
  const { fixture, session } = await connect((each) => each.res.writeHead(404).end(), "s");
  expect(await failure(call(session))).toMatchObject({ reason: "status", status: 404 });
  expect(fixture.methods().filter((method) => method === "tools/call")).toHaveLength(2);
});

test("without a session, 404 is an error at once", async () => {
  const { fixture, session } = await connect((each) => each.res.writeHead(404).end());
  expect(await failure(call(session))).toMatchObject({ reason: "status", status: 404 });
  expect(fixture.methods()).toHaveLength(3);
});

test("closing ends the session at the server", async () => {
  const { fixture, session } = await connect(() => undefined, "up-9");
  session.close();
  session.close();
  await vi.waitFor(() => expect(fixture.calls.filter((each) => each.req.method === "DELETE")).toHaveLength(1));
  expect(fixture.calls.at(-1)?.req.headers["mcp-session-id"]).toBe("up-9");
  expect(session.closed).toBe(true);
});

test("a server of an unknown version is refused", async () => {
  const fixture = await startFixture((each) => reply(each, { protocolVersion: "2099-01-01", capabilities: {} }));
  closing(fixture);
  const opening = openUpstream(
    transport,
    { url: fixture.url, transport: "streamable-http", headers: {} },
    { deadlineMs: 2_000, era: "legacy" },
  );
  expect(await failure(opening)).toMatchObject({ reason: "not_mcp" });
});
