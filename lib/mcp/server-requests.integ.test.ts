import { expect, test, vi } from "vitest";
import { events, handshake, startFixture } from "./testing/fixture-server";
import { startOldServer } from "./testing/sdk-servers";
import { call, closing, failure, join, said } from "./testing/world";
import type { ClientReply, ServerRequest } from "./upstream";

const profile = { capabilities: { elicitation: { form: {} }, roots: {} } };
const KINDS = ["streamable-http", "sse"] as const;

async function oldServer(kind: (typeof KINDS)[number]) {
  const server = await startOldServer(kind);
  closing(server);
  return { server, session: await join(server.url, { transport: kind, era: "legacy", profile }) };
}

/** Answers as Ada, and keeps what was asked. */
function ada() {
  const asked: ServerRequest[] = [];
  const onRequest = async (request: ServerRequest): Promise<ClientReply> => {
    asked.push(request);
    const result = request.method === "roots/list" ? { roots: [] } : { action: "accept", content: { name: "Ada" } };
    return { kind: "result", json: JSON.stringify(result) };
  };
  return { asked, onRequest };
}

const tool = (name: string) => JSON.stringify({ name });

test.each(KINDS)("over %s a tool may ask its client, by the request's stream or aside of it", async (kind) => {
  const { session } = await oldServer(kind);
  const { asked, onRequest } = ada();
  for (const name of ["ask", "ask-aside"])
    expect(said(await call(session, { onRequest }, tool(name)))).toEqual({
      action: "accept",
      content: { name: "Ada" },
    });
  expect(said(await call(session, { onRequest }, tool("roots")))).toEqual({ roots: [] });
  expect(asked.map(({ method }) => method)).toEqual(["elicitation/create", "elicitation/create", "roots/list"]);
  expect(JSON.parse(asked[0]?.params ?? "")).toMatchObject({ message: "Who are you?" });
});

test.each(KINDS)("over %s the clock stands still while the client is asked", async (kind) => {
  const { session } = await oldServer(kind);
  const { onRequest } = ada();
  const slowly = async (request: ServerRequest) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return onRequest(request);
  };
  const options = { deadlineMs: 300, onRequest: slowly };
  for (const name of ["ask", "ask-aside"])
    expect(said(await call(session, options, tool(name)))).toMatchObject({ action: "accept" });
});

test.each(KINDS)("over %s a client that cannot be asked, or fails, is told to the tool", async (kind) => {
  const { session } = await oldServer(kind);
  const refused = JSON.parse((await call(session, {}, tool("ask"))).json) as {
    isError: boolean;
    content: [{ text: string }];
  };
  expect([refused.isError, refused.content[0].text]).toEqual([true, expect.stringContaining("-32601")]);
  const onRequest = () => Promise.reject(new Error("left"));
  expect(JSON.parse((await call(session, { onRequest }, tool("ask"))).json)).toMatchObject({ isError: true });
  const error = async (): Promise<ClientReply> => ({ kind: "error", json: '{"code":-1,"message":"No, thank you"}' });
  const said = await call(session, { onRequest: error }, tool("ask"));
  expect(said.json).toContain("No, thank you");
});

test.each(KINDS)("over %s a request tells its log messages and those beside it, while it is alone", async (kind) => {
  const { session } = await oldServer(kind);
  const seen: string[] = [];
  const { onRequest } = ada();
  await call(session, { onRequest, onNotification: (text) => void seen.push(text) }, tool("log"));
  await vi.waitFor(() =>
    expect(seen.map((text) => (JSON.parse(text) as { params: { data: string } }).params.data).sort()).toEqual([
      "aside",
      "on the way",
    ]),
  );
});

test("a request without anybody to ask opens no second stream", async () => {
  const { server, session } = await oldServer("streamable-http");
  await call(session, {}, '{"name":"echo","arguments":{"text":"x"}}');
  expect(server.seen.map(({ method }) => method)).toEqual(["POST", "POST", "POST"]);
});

test("a server without a standalone stream is asked for it once, and its questions still come through", async () => {
  const fixture = await startFixture((each) => {
    if (handshake(each, "s1")) return;
    const send = events(each.res);
    send({ jsonrpc: "2.0", id: "q", method: "roots/list" });
    setTimeout(() => each.res.end(`data: {"jsonrpc":"2.0","id":${each.message.id},"result":{}}\n\n`), 50);
  });
  closing(fixture);
  const session = await join(fixture.url, { era: "legacy", profile });
  const { asked, onRequest } = ada();
  await call(session, { onRequest });
  await call(session, { onRequest });
  expect(asked).toHaveLength(2);
  expect(fixture.calls.filter(({ req }) => req.method === "GET")).toHaveLength(1);
  expect(fixture.calls.find(({ message }) => message.method === undefined && message.id !== undefined)?.text).toBe(
    '{"jsonrpc":"2.0","id":"q","result":{"roots":[]}}',
  );
});

test("a stream that ends early is taken up behind its last event", async () => {
  let id: unknown;
  const fixture = await startFixture((each) => {
    if (each.req.method !== "GET" && handshake(each, "s1")) return;
    const send = events(each.res);
    if (each.req.method === "GET") {
      send(`id: e2\ndata: {"jsonrpc":"2.0","id":${id},"result":{"late":true}}\n\n`);
      return each.res.end();
    }
    id = each.message.id;
    send("id: e1\nretry: 100\ndata: \n\n");
    each.res.end();
  });
  closing(fixture);
  const session = await join(fixture.url, { era: "legacy" });
  expect((await call(session)).json).toBe('{"late":true}');
  const get = fixture.calls.filter(({ req }) => req.method === "GET");
  expect(get.map(({ req }) => [req.headers["last-event-id"], req.headers["mcp-session-id"]])).toEqual([["e1", "s1"]]);
});

test("a stream that ends early and cannot be taken up is an error", async () => {
  const fixture = await startFixture((each) => {
    if (handshake(each, "s1")) return;
    events(each.res)("id: e1\nretry: 100\ndata: \n\n");
    each.res.end();
  });
  closing(fixture);
  const session = await join(fixture.url, { era: "legacy" });
  expect(await failure(call(session))).toMatchObject({ reason: "unreachable" });
  expect(await failure(call(session, { deadlineMs: 50 }))).toMatchObject({ reason: "timeout" });
});
