import { gzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { type Call, events, json, reply } from "./testing/fixture-server";
import { call, connect, failure } from "./testing/world";
import type { UpstreamFailure } from "./transport";

const wrong: [title: string, reason: UpstreamFailure, handle: (call: Call) => unknown][] = [
  ["HTML", "not_mcp", (c) => c.res.writeHead(200, { "content-type": "text/html" }).end("<html>502</html>")],
  ["204", "not_mcp", (c) => c.res.writeHead(204).end()],
  ["202", "not_mcp", (c) => c.res.writeHead(202).end()],
  ["another id", "not_mcp", (c) => json(c.res, 200, { jsonrpc: "2.0", id: 999, result: {} })],
  ["the id as a string", "not_mcp", (c) => json(c.res, 200, { jsonrpc: "2.0", id: String(c.message.id), result: {} })],
  ["half JSON", "not_mcp", (c) => json(c.res, 200, '{"jsonrpc":"2.0","id"')],
  [
    "broken JSON inside the result",
    "not_mcp",
    (c) => json(c.res, 200, `{"jsonrpc":"2.0","id":${c.message.id},"result":{"a":tru}}`),
  ],
  ["result and error", "not_mcp", (c) => json(c.res, 200, { jsonrpc: "2.0", id: c.message.id, result: {}, error: {} })],
  ["a result that is no object", "not_mcp", (c) => reply(c, [1])],
  [
    "a key given twice",
    "not_mcp",
    (c) => json(c.res, 200, `{"jsonrpc":"2.0","id":${c.message.id},"result":{},"result":{}}`),
  ],
  [
    "200,000 levels",
    "not_mcp",
    (c) =>
      json(
        c.res,
        200,
        `{"jsonrpc":"2.0","id":${c.message.id},"result":{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}}`,
      ),
  ],
  ["a redirect", "redirect", (c) => c.res.writeHead(307, { location: "http://127.0.0.1:1/collect" }).end()],
  ["401", "unauthorized", (c) => json(c.res, 401, { error: "no" })],
  ["403", "unauthorized", (c) => c.res.writeHead(403).end()],
  ["500", "status", (c) => c.res.writeHead(500, { "content-type": "text/html" }).end("<h1>Traceback")],
  ["503 as JSON", "status", (c) => json(c.res, 503, { error: "busy" })],
  ["a reset", "unreachable", (c) => c.res.destroy()],
  [
    "a body cut short",
    "unreachable",
    (c) => {
      c.res.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      c.res.write("{");
      c.res.destroy();
    },
  ],
  [
    "a stream without a reply",
    "unreachable",
    (c) => {
      events(c.res)({ jsonrpc: "2.0", method: "x" });
      c.res.end();
    },
  ],
  [
    "garbage on the stream",
    "not_mcp",
    (c) => {
      events(c.res)("data: {oops\n\n");
      c.res.end();
    },
  ],
];
test.each(wrong)("%s is %s", async (_title, reason, handle) => {
  const { session } = await connect(handle);
  const error = await failure(call(session));
  expect(error.reason).toBe(reason);
  expect(error.message).not.toMatch(/s3cret|127\.0\.0\.1|Traceback/);
});

test("a JSON-RPC error is a reply, also under HTTP 400", async () => {
  const { session } = await connect((each) =>
    json(each.res, 400, { jsonrpc: "2.0", id: each.message.id, error: { code: -32602, message: "no" } }),
  );
  expect(await call(session)).toEqual({ kind: "error", json: '{"code":-32602,"message":"no"}', httpStatus: 400 });
});

test("an answer past the cap is cut, and the connection closed", async () => {
  let written = 0;
  let closed = false;
  const { session } = await connect((each) => {
    each.res.writeHead(200, { "content-type": "application/json" });
    each.res.on("close", () => {
      closed = true;
    });
    const pump = () => {
      while (!each.res.destroyed && written < 100 << 20 && each.res.write(" ".repeat(64 << 10))) written += 64 << 10;
    };
    each.res.on("drain", pump);
    pump();
  });
  expect(await failure(call(session, { maxBytes: 1 << 20 }))).toMatchObject({ reason: "too_large" });
  await vi.waitFor(() => expect(closed).toBe(true));
  expect(written).toBeLessThan(20 << 20);
});

test("a gzip bomb is counted by what comes out", async () => {
  const bomb = gzipSync(Buffer.alloc(64 << 20), { level: 9 });
  const { session } = await connect((each) =>
    each.res.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(bomb),
  );
  const before = process.memoryUsage().rss;
  expect(await failure(call(session))).toMatchObject({ reason: "too_large" });
  expect(process.memoryUsage().rss - before).toBeLessThan(48 << 20);
});

test("an honest gzip answer is read", async () => {
  const { session } = await connect((each) =>
    each.res
      .writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
      .end(gzipSync(JSON.stringify({ jsonrpc: "2.0", id: each.message.id, result: { a: "ä" } }))),
  );
  expect((await call(session)).json).toBe('{"a":"ä"}');
});

test("a flood of notifications is cut", async () => {
  const { session } = await connect((each) => {
    const send = events(each.res);
    const timer = setInterval(() => {
      for (let i = 0; i < 500 && !each.res.destroyed; i++)
        send({ jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: "x".repeat(200) } });
    }, 1);
    each.res.on("close", () => clearInterval(timer));
  });
  expect(await failure(call(session, { maxBytes: 1 << 20 }))).toMatchObject({ reason: "too_large" });
});

const slow: [title: string, handle: (call: Call) => unknown][] = [
  ["that never answers", () => undefined],
  [
    "that drips",
    (each) => {
      each.res.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => each.res.write(" "), 20);
      each.res.on("close", () => clearInterval(timer));
    },
  ],
  [
    "that only comments",
    (each) => {
      const send = events(each.res);
      const timer = setInterval(() => send(": still here\n\n"), 20);
      each.res.on("close", () => clearInterval(timer));
    },
  ],
];
test.each(slow)("the deadline holds against a server %s, and the server is told", async (_title, handle) => {
  const { fixture, session } = await connect(handle);
  const startedAt = performance.now();
  expect(await failure(call(session, { deadlineMs: 150 }))).toMatchObject({ reason: "timeout" });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  await vi.waitFor(() => expect(fixture.methods()).toContain("notifications/cancelled"));
  const sent = fixture.calls.find((each) => each.message.method === "tools/call");
  expect(fixture.calls.at(-1)?.message.params).toMatchObject({ requestId: sent?.message.id });
});

test("cancelling aborts the request at the server and tells it so", async () => {
  let closed = false;
  const { fixture, session } = await connect(
    (each) =>
      void each.res.on("close", () => {
        closed = true;
      }),
  );
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  expect(await failure(call(session, { signal: controller.signal }))).toMatchObject({ reason: "aborted" });
  await vi.waitFor(() => expect([closed, fixture.methods().at(-1)]).toEqual([true, "notifications/cancelled"]));
  expect(await failure(call(session, { signal: AbortSignal.abort() }))).toMatchObject({ reason: "aborted" });
});
