import { expect, test, vi } from "vitest";
import { detectTransport } from "./detect-transport";
import { type Call, events, type Fixture, handshake, INFO, json, reply, startFixture } from "./testing/fixture-server";
import { call, closing, failure, transport } from "./testing/world";
import { openUpstream, type UpstreamSession } from "./upstream";

type Send = (message: unknown) => void;

/** An SSE-only server: GET opens the one stream, POSTs get 202, answers come on the stream. */
async function sseServer(
  handle: (each: Call, send: Send) => unknown,
  endpoint = "/messages?sessionId=1",
): Promise<Fixture & { end(): void }> {
  let send: Send = () => undefined;
  let end = () => {};
  const fixture = await startFixture((each) => {
    if (each.req.method === "GET") {
      send = events(each.res);
      end = () => void each.res.end();
      return send(`event: endpoint\ndata: ${endpoint}\n\n`);
    }
    if (each.req.url === "/mcp")
      return each.res.writeHead(404, { "content-type": "text/html" }).end("Cannot POST /mcp");
    each.res.writeHead(202).end("Accepted");
    if (each.message.method === "initialize") send({ jsonrpc: "2.0", id: each.message.id, result: INFO });
    else if (each.message.method && each.message.id !== undefined) handle(each, send);
  });
  closing(fixture);
  return Object.assign(fixture, { end: () => end() });
}

async function connect(
  handle: (each: Call, send: Send) => unknown,
): Promise<{ fixture: Fixture & { end(): void }; session: UpstreamSession }> {
  const fixture = await sseServer(handle);
  const session = await openUpstream(
    transport,
    { url: fixture.url, transport: "sse", headers: { "x-key": "k" } },
    { deadlineMs: 2_000 },
  );
  closing(session);
  return { fixture, session };
}

test("requests go by POST, answers come on the stream, out of order too", async () => {
  const held: (() => void)[] = [];
  const { fixture, session } = await connect((each, send) => {
    held.push(() => send({ jsonrpc: "2.0", id: each.message.id, result: { echo: each.message.params?.name } }));
    if (held.length === 3) for (const answer of held.reverse()) answer();
  });
  expect(session.info.serverInfo?.name).toBe("fixture");
  const replies = await Promise.all(["a", "b", "c"].map((name) => call(session, {}, JSON.stringify({ name }))));
  expect(replies.map((each) => each.json)).toEqual(["a", "b", "c"].map((name) => `{"echo":"${name}"}`));
  expect(fixture.calls.at(-1)?.req.headers).toMatchObject({ "x-key": "k", "mcp-protocol-version": "2025-06-18" });
});

test("progress reaches the call it belongs to and no other", async () => {
  const { session } = await connect((each, send) => {
    const { id, params } = each.message;
    const token = (params?._meta as { progressToken?: unknown } | undefined)?.progressToken;
    if (token !== undefined)
      send({ jsonrpc: "2.0", method: "notifications/progress", params: { progressToken: token, progress: 1 } });
    send({ jsonrpc: "2.0", id, result: {} });
  });
  const seen: Record<string, string[]> = { a: [], b: [], c: [] };
  const one = (name: string, meta: string) =>
    call(session, { onNotification: (text) => seen[name]?.push(text) }, `{"name":"t"${meta}}`);
  await Promise.all([
    one("a", ',"_meta":{"progressToken":"same"}'),
    one("b", ',"_meta":{"progressToken":"same"}'),
    one("c", ""),
  ]);
  expect(seen.a).toEqual([
    '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"same","progress":1}}',
  ]);
  expect(seen.b).toHaveLength(1);
  expect(seen.c).toHaveLength(0);
});

test("a ping of the server is answered", async () => {
  const { fixture, session } = await connect((each, send) => {
    send({ jsonrpc: "2.0", id: "p1", method: "ping" });
    send({ jsonrpc: "2.0", id: each.message.id, result: {} });
  });
  await call(session);
  await vi.waitFor(() => expect(fixture.calls.at(-1)?.text).toBe('{"jsonrpc":"2.0","id":"p1","result":{}}'));
});

test("a stream that ends fails what waits and closes the session", async () => {
  const { fixture, session } = await connect(() => fixture.end());
  expect((await failure(call(session))).reason).toBe("unreachable");
  expect(session.closed).toBe(true);
  expect((await failure(call(session))).reason).toBe("unreachable");
});

test("the deadline holds and the server is told", async () => {
  const { fixture, session } = await connect(() => undefined);
  expect((await failure(call(session, { deadlineMs: 80 }))).reason).toBe("timeout");
  await vi.waitFor(() => expect(fixture.methods().at(-1)).toBe("notifications/cancelled"));
  expect((await failure(call(session, { signal: AbortSignal.timeout(50) }))).reason).toBe("aborted");
  expect(session.closed).toBe(false);
});

test("an answer past the request's cap is refused, the session lives on", async () => {
  const { session } = await connect((each, send) =>
    send({ jsonrpc: "2.0", id: each.message.id, result: { x: "y".repeat(2_000) } }),
  );
  expect((await failure(call(session, { maxBytes: 1_000 }))).reason).toBe("too_large");
  expect((await call(session)).kind).toBe("result");
});

test("closing the session closes its stream", async () => {
  const { fixture, session } = await connect(() => undefined);
  const stream = fixture.calls.find((each) => each.req.method === "GET");
  const waiting = failure(call(session));
  session.close();
  expect((await waiting).reason).toBe("aborted");
  await vi.waitFor(() => expect(stream?.res.destroyed).toBe(true));
});

test.each([
  "http://127.0.0.1:1/collect",
  "https://other.example/x",
  "//other.example/x",
  "http://u:p@{host}/x",
  "data:,x",
])("the endpoint %s is refused", async (endpoint) => {
  const fixture = await sseServer(() => undefined, endpoint);
  const error = await failure(
    openUpstream(transport, { url: fixture.url, transport: "sse", headers: {} }, { deadlineMs: 1_000 }),
  );
  expect(error).toMatchObject({ reason: "not_mcp" });
  await vi.waitFor(() => expect(fixture.calls[0]?.res.destroyed).toBe(true));
  expect(fixture.methods()).toEqual([]);
});

test("a stream that never names its endpoint ends at the deadline", async () => {
  const fixture = await startFixture((each) => void events(each.res)(": hm\n\n"));
  closing(fixture);
  const error = await failure(
    openUpstream(transport, { url: fixture.url, transport: "sse", headers: {} }, { deadlineMs: 100 }),
  );
  expect(error).toMatchObject({ reason: "timeout" });
});

test("detection finds an SSE-only server behind a POST that is 404", async () => {
  const fixture = await sseServer((each, send) => send({ jsonrpc: "2.0", id: each.message.id, result: { ok: true } }));
  const session = await detectTransport(transport, fixture.url, {}, 2_000);
  closing(session);
  expect(session.transport).toBe("sse");
  expect((await call(session)).json).toBe('{"ok":true}');
});

test("detection prefers Streamable HTTP and keeps the first error when neither works", async () => {
  const streamable = await startFixture((each) => handshake(each) || reply(each, {}));
  const neither = await startFixture((each) => each.res.writeHead(404).end());
  const locked = await startFixture((each) => json(each.res, 401, {}));
  closing(streamable, neither, locked);
  const session = await detectTransport(transport, streamable.url, {}, 2_000);
  closing(session);
  expect(session.transport).toBe("streamable-http");
  expect(await failure(detectTransport(transport, neither.url, {}, 2_000))).toMatchObject({
    reason: "status",
    status: 404,
  });
  expect(await failure(detectTransport(transport, locked.url, {}, 2_000))).toMatchObject({
    reason: "unauthorized",
    status: 401,
  });
  expect(locked.calls).toHaveLength(1);
});
