import { expect, test } from "vitest";
import { detectTransport } from "./detect-transport";
import { type Call, handshake, json, reply, startFixture } from "./testing/fixture-server";
import { startNewServer, startOldServer } from "./testing/sdk-servers";
import { closing, failure, join, transport } from "./testing/world";

const MODERN = { supportedVersions: ["2026-07-28"], capabilities: { tools: {} } };

async function fixtureOf(handle: (call: Call) => unknown) {
  const fixture = await startFixture(handle);
  closing(fixture);
  return fixture;
}

test("real servers of every kind are found for what they are, whatever was known of them", async () => {
  const [old, sse, dual, only] = await Promise.all([
    startOldServer("streamable-http"),
    startOldServer("sse"),
    startNewServer(),
    startNewServer(true),
  ]);
  closing(old, sse, dual, only);
  for (const era of [null, "legacy", "modern"] as const) {
    expect((await join(old.url, { era })).era).toBe("legacy");
    expect((await join(only.url, { era })).era).toBe("modern");
    expect((await join(dual.url, { era })).era).toBe(era ?? "modern");
    expect((await join(sse.url, { era, transport: "sse" })).era).toBe("legacy");
  }
  const found = async (url: string) => {
    const session = await detectTransport(transport, url, {}, 5_000);
    closing(session);
    return [session.transport, session.era, session.info.protocolVersion];
  };
  expect(await found(old.url)).toEqual(["streamable-http", "legacy", "2025-11-25"]);
  expect(await found(sse.url)).toEqual(["sse", "legacy", "2025-11-25"]);
  expect(await found(dual.url)).toEqual(["streamable-http", "modern", "2026-07-28"]);
  expect(await found(only.url)).toEqual(["streamable-http", "modern", "2026-07-28"]);
});

const old: [title: string, discover: (call: Call) => unknown][] = [
  [
    "unknown method",
    (c) => json(c.res, 200, { jsonrpc: "2.0", id: c.message.id, error: { code: -32601, message: "?" } }),
  ],
  ["no session", (c) => json(c.res, 400, { jsonrpc: "2.0", id: null, error: { code: -32000, message: "No session" } })],
  ["404 as text", (c) => c.res.writeHead(404).end("Not found")],
  ["202 without an answer", (c) => c.res.writeHead(202).end()],
  ["a web page", (c) => c.res.writeHead(200, { "content-type": "text/html" }).end("<html>")],
  ["an empty result", (c) => reply(c, {})],
  ["other versions", (c) => reply(c, { supportedVersions: ["2027-01-01"], capabilities: {} })],
  ["a stream that ends", (c) => c.res.writeHead(200, { "content-type": "text/event-stream" }).end()],
  [
    "only older versions",
    (c) =>
      json(c.res, 400, {
        jsonrpc: "2.0",
        id: c.message.id,
        error: { code: -32022, message: "Unsupported", data: { supported: ["2025-11-25"] } },
      }),
  ],
];
test.each(old)("a server that answers the question with %s is an older one", async (_title, discover) => {
  const fixture = await fixtureOf((each) =>
    each.message.method === "server/discover" ? discover(each) : handshake(each, "s1") || reply(each, {}),
  );
  const session = await join(fixture.url);
  expect(session.era).toBe("legacy");
  expect(fixture.methods()).toEqual(["server/discover", "initialize", "notifications/initialized"]);
});

const silent: [title: string, reason: string, discover: (call: Call) => unknown][] = [
  ["401", "unauthorized", (c) => json(c.res, 401, {})],
  ["403", "unauthorized", (c) => json(c.res, 403, {})],
  ["429", "status", (c) => json(c.res, 429, {})],
  ["503", "status", (c) => c.res.writeHead(503).end()],
  ["a reset", "unreachable", (c) => c.res.destroy()],
];
test.each(silent)("%s is no evidence: the attempt fails", async (_title, reason, discover) => {
  const fixture = await fixtureOf((each) =>
    each.message.method === "server/discover" ? discover(each) : handshake(each) || reply(each, {}),
  );
  expect(await failure(join(fixture.url, { deadlineMs: 300 }))).toMatchObject({ reason });
  expect(fixture.methods()).toEqual(["server/discover"]);
});

test.each([
  ["breaks", (c: Call) => c.res.writeHead(500).end()],
  ["keeps silent", () => undefined],
])(
  "a server that %s on the question but begins a session is taken for an older one, for now",
  async (_title, discover) => {
    const fixture = await fixtureOf((each) =>
      each.message.method === "server/discover" ? discover(each) : handshake(each) || reply(each, {}),
    );
    const session = await join(fixture.url, { deadlineMs: 600 });
    expect([session.era, session.unsure]).toEqual(["legacy", true]);
    const sure = await join(fixture.url, { era: "legacy" });
    expect([sure.era, sure.unsure]).toEqual(["legacy", undefined]);
    const down = await fixtureOf((each) => discover(each));
    expect((await failure(join(down.url, { deadlineMs: 300 }))).reason).toMatch(/status|timeout/);
  },
);

test("a modern server that was slow to start is asked a second time", async () => {
  let asked = 0;
  const fixture = await fixtureOf((each) => {
    const { id, method } = each.message;
    if (method !== "server/discover")
      return json(each.res, 400, { jsonrpc: "2.0", id, error: { code: -32022, message: "Unsupported", data: {} } });
    if (asked++ > 0) reply(each, MODERN);
  });
  expect((await join(fixture.url, { deadlineMs: 800 })).era).toBe("modern");
});

test("a server that refuses the version and names it is asked once more", async () => {
  let asked = 0;
  const fixture = await fixtureOf((each) => {
    const { id } = each.message;
    if (asked++ > 0) return reply(each, MODERN);
    const data = { supported: ["2026-07-28"], requested: "2026-07-28" };
    json(each.res, 400, { jsonrpc: "2.0", id, error: { code: -32022, message: "Unsupported protocol version", data } });
  });
  expect((await join(fixture.url)).era).toBe("modern");
  const stubborn = await fixtureOf((each) =>
    json(each.res, 400, {
      jsonrpc: "2.0",
      id: each.message.id,
      error: { code: -32022, message: "Unsupported", data: { supported: ["2026-07-28"] } },
    }),
  );
  expect(await failure(join(stubborn.url))).toMatchObject({ reason: "not_mcp" });
  expect(stubborn.methods()).toEqual(["server/discover", "server/discover", "initialize"]);
});

test("a server that was known as older and is modern only now is found at once", async () => {
  const fixture = await fixtureOf((each) =>
    each.message.method === "server/discover" ? reply(each, MODERN) : each.res.writeHead(404).end(),
  );
  expect((await join(fixture.url, { era: "legacy" })).era).toBe("modern");
  expect(fixture.methods()).toEqual(["initialize", "server/discover"]);
  const down = await fixtureOf((each) => each.res.writeHead(503).end());
  expect(await failure(join(down.url, { era: "legacy" }))).toMatchObject({ reason: "status", status: 503 });
  expect(down.methods()).toEqual(["initialize"]);
});
