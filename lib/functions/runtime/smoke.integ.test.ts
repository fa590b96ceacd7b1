import { afterAll, beforeAll, expect, test } from "vitest";
import { parseManifest } from "../manifest";
import { ECHO, handler, type RuntimeWorld, startWorld } from "../testing/world";
import { type Front, startFront } from "./front";

let world: RuntimeWorld;
let front: Front;
beforeAll(async () => {
  world = await startWorld();
  front = await startFront(world.runtime, "key");
});
afterAll(async () => {
  await front.close();
  await world.close();
});

const policy = { ...parseManifest({ hosts: [{ host: "api.test" }] }), vars: {} };
const smoke = (code: string) => world.runtime.smokeTest(code, policy);

test("a good bundle shows its tools, and its process is gone", async () => {
  const result = await smoke(ECHO);
  expect(result).toMatchObject({ ok: true, tools: [{ name: "echo" }], initialize: { serverInfo: { name: "echo" } } });
  expect(world.runtime.processes().filter((one) => one.ws !== null)).toEqual([]);
});

test("answers as events are read too, page by page", async () => {
  const code = handler(`
    const m = await request.json(); if (m.id === undefined) return new Response(null, { status: 202 });
    const page = m.params?.cursor ? { tools: [{ name: "b" }] } : { tools: [{ name: "a" }], nextCursor: "2" };
    const result = m.method === "tools/list" ? page : { protocolVersion: "2025-06-18", capabilities: {}, serverInfo: { name: "s", version: "1" } };
    return new Response("event: message\\ndata: " + JSON.stringify({ jsonrpc: "2.0", id: m.id, result }) + "\\n\\n", { headers: { "content-type": "text/event-stream" } })`);
  expect(await smoke(code)).toMatchObject({ ok: true, tools: [{ name: "a" }, { name: "b" }] });
});

test.each([
  ["a syntax error", "syntax error {", "load_failed", /SyntaxError.*\n?.*server\.js:1/s],
  ["an unknown import", "import 'left-pad'; export default { fetch() {} }", "load_failed", /left-pad/],
  [
    "an import of a host file",
    "import x from 'file:///etc/passwd'; export default { fetch() {} }",
    "load_failed",
    /No such module|not/,
  ],
  [
    "an import from the web",
    "import x from 'https://evil.test/x.js'; export default { fetch() {} }",
    "load_failed",
    /No such module|not/,
  ],
  [
    "an import of data",
    "import x from 'data:text/javascript,export default 1'; export default { fetch() {} }",
    "load_failed",
    /No such module|not/,
  ],
  ["no default export", "export const a = 1", "load_failed", /default/],
  [
    "deep recursion at the start",
    "const f = () => f() + 1; f(); export default { fetch() {} }",
    "load_failed",
    /Maximum call stack/,
  ],
  [
    "a top-level await that never ends",
    "await new Promise(() => {}); export default { fetch() {} }",
    "load_failed",
    /unsettled/,
  ],
  [
    "a loop at the start",
    "for (;;) {} export default { fetch() {} }",
    /deadline_exceeded|runtime_crashed/,
    /5 s|ended/,
  ],
  [
    "a slow start",
    ECHO.replace("const message", "await new Promise((r) => setTimeout(r, 1500)); const message"),
    "start_too_slow",
    /1000/,
  ],
  ["an error at once", handler("throw new Error('no luck')"), "server_error", /no luck/],
  ["no MCP", handler("return new Response('hello')"), "not_mcp", /initialize/],
  ["10 MB and a byte", `//${"x".repeat(10 << 20)}\n${ECHO}`, "load_failed", /10 MiB/],
])(
  "%s is refused, with what its author needs",
  async (_title, code, expected, detail) => {
    const result = await smoke(code);
    expect(result).toMatchObject({
      ok: false,
      code: typeof expected === "string" ? expected : expect.stringMatching(expected),
    });
    expect(result.ok ? "" : result.detail).toMatch(detail);
  },
  20_000,
);

test("a trial reaches no host", async () => {
  const code = handler(`
    const m = await request.json(); const r = await fetch("https://api.test/"); const said = await r.text();
    return Response.json({ jsonrpc: "2.0", id: m.id, result: { tools: [{ name: "t", description: said }], serverInfo: {} } })`);
  expect(await smoke(code)).toMatchObject({ ok: true, tools: [{ description: '{"error":"host_not_allowed"}' }] });
});

test("the front opens for its key only, and answers like the runtime", async () => {
  const to = world.deploy(ECHO);
  const post = (headers: Record<string, string>, body = '{"jsonrpc":"2.0","id":5,"method":"ping"}') =>
    fetch(`${front.url}/mcp`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
  const context = JSON.stringify({ ...to, call: "call_x", user: "mem_1" });
  expect((await post({ "x-rt-ctx": context })).status).toBe(401);
  expect((await post({ "x-rt-ctx": context, "x-rt-key": "kez" })).status).toBe(401);
  expect((await post({ "x-rt-ctx": '{"ws":"../x"}', "x-rt-key": "key" })).status).toBe(400);
  expect((await post({ "x-rt-ctx": context, "x-rt-key": "key" }, "x".repeat(2 << 20))).status).toBe(413);
  const answer = await post({ "x-rt-ctx": context, "x-rt-key": "key" });
  expect([answer.status, (await answer.json()).id]).toEqual([200, 5]);
  expect((await fetch(`${front.url}/mcp`, { headers: { "x-rt-key": "key" } })).status).toBe(405);
});
