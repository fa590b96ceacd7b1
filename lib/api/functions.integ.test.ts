import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ECHO, handler } from "@/lib/functions/testing/world";
import { createApiKey } from "@/lib/services/api-key/create";
import type { WorkspaceCtx } from "@/lib/services/context";
import { createFunction } from "@/lib/services/function/create";
import { addServer } from "@/lib/services/server/add";
import { apiHandler } from "@/lib/testing/api-server";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintDeployment, mintMember, mintUser, mintWorkspace, type World } from "@/lib/testing/factories";
import { startFunctionEngine } from "@/lib/testing/function-engine";
import { guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";

let database: TestDatabase;
let world: World;
let engine: Awaited<ReturnType<typeof startFunctionEngine>>;
let ctx: WorkspaceCtx;
let key: string;
beforeAll(async () => {
  database = await testDatabase();
  const { masterKeys } = await mintUser({ db: database.db });
  engine = await startFunctionEngine(database, masterKeys);
  world = { db: database.db, functions: engine, transport: guardedUpstream([toolText("a")]).transport };
  ctx = await mintWorkspace(world);
  key = (await createApiKey(ctx, { name: "test" })).key;
});
afterAll(async () => {
  await engine.close();
  await database.close();
});

const request = (method: string, path: string, body?: unknown, as = key) =>
  apiHandler(ctx)(
    new Request(`https://gateway.example/api/v1/workspaces/${ctx.workspace.slug}${path}`, {
      method,
      headers: { authorization: `Bearer ${as}`, "content-type": "application/json" },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    }),
  );
interface Reply {
  status: number;
  body: Record<string, unknown> & { error: { code: string; field?: string; message: string } };
}
async function send(method: string, path: string, body?: unknown, as?: string): Promise<Reply> {
  const response = await request(method, path, body, as);
  return { status: response.status, body: await response.json() };
}

const MANIFEST = { hosts: [], secrets: {}, limits: { deadlineMs: 30_000, concurrency: 32 } };
const bundle = (slug: string, code: string, more: object = {}) => ({
  slug,
  code,
  sha256: createHash("sha256").update(code).digest("hex"),
  files: { "server.js": code.slice(0, 1_000) },
  entry: "server.js",
  manifest: MANIFEST,
  ...more,
});
const upload = (slug: string, code: string, more: object = {}) => send("POST", "/functions", bundle(slug, code, more));
/** MCP whose answer to `initialize` declares `manifest` (an expression). */
const declaring = (manifest: string, tools = '[{ name: "t" }]') =>
  handler(`const { id, method } = await request.json();
    if (id === undefined) return new Response(null, { status: 202 });
    const result = method === "initialize"
      ? { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "x", version: "1" }, _meta: { "aerostack/manifest": ${manifest} } }
      : { tools: ${tools} };
    return Response.json({ jsonrpc: "2.0", id, result });`);

test("an upload makes the function, then its next version, and answers", async () => {
  expect(await upload("up", ECHO, { name: "Up" })).toMatchObject({
    status: 201,
    body: {
      server: { slug: "up" },
      deployment: { version: 1, active: true },
      tools: [{ name: "echo", qualifiedName: "up__echo" }],
      missingSecrets: [],
    },
  });
  const next = `${ECHO}\n// next`;
  expect(await upload("up", next, { stage: true })).toMatchObject({ status: 201, body: { staged: true } });
  expect(await send("GET", "/functions/up")).toMatchObject({
    body: { name: "Up", version: 1, staged: { version: 2 }, files: { "server.js": next.slice(0, 1_000) } },
  });
  const tried = await send("POST", "/functions/up/try", { tool: "echo", arguments: { a: 1 } });
  expect(tried).toMatchObject({ status: 200, body: { outcome: "ok" } });
  const said = JSON.parse(JSON.parse(String(tried.body.result)).content[0].text);
  expect(said).toMatchObject({ got: { name: "echo", arguments: { a: 1 } } });
});

test.each([
  ["a wrong hash", ECHO, { sha256: "0".repeat(64) }, "sha256"],
  ["a hash in capitals", ECHO, { sha256: "A".repeat(64) }, "sha256"],
  [
    "a manifest that it does not declare",
    ECHO,
    { manifest: { ...MANIFEST, hosts: [{ host: "a.example.com" }] } },
    "manifest",
  ],
  ["a manifest that it declares but did not send", declaring('{ hosts: [{ host: "a.example.com" }] }'), {}, "manifest"],
  ["a forged manifest", ECHO, { manifest: { hosts: [{ host: "*" }] } }, "hosts.0.host"],
  ["a manifest with a field too many", ECHO, { manifest: { admin: true } }, "admin"],
  ["a forged declaration", declaring('{ hosts: [{ host: "127.0.0.1", port: 1 }] }'), {}, "hosts.0.port"],
  ["a declaration of every host", declaring('{ hosts: [{ host: "*" }] }'), {}, "hosts.0.host"],
  ["a declaration that is a text", declaring('"all"'), {}, "manifest"],
  ["two declarations", declaring("{}"), { files: { "server.js": "", "aerostack.json": "{}" } }, "manifest"],
  ["an aerostack.json that is no JSON", ECHO, { files: { "server.js": "", "aerostack.json": "{" } }, "manifest"],
  ["no module", "syntax error {", {}, "code"],
  ["no handler", "export default 5;", {}, "code"],
  ["code that throws at its start", 'throw new Error("at start");', {}, "code"],
  ["a file of the host", `import fs from "node:fs"; fs.readFileSync("/etc/passwd");${ECHO}`, {}, "code"],
  ["deep recursion at start", `(function f() { f(); })();${ECHO}`, {}, "code"],
  ["a loop at start", `for (;;);${ECHO}`, {}, "code"],
  ["an await that never ends", `await new Promise(() => {});${ECHO}`, {}, "code"],
  ["no MCP", handler('return new Response("hi")'), {}, "code"],
  ["no tools", declaring("{}", "[]"), {}, "tools"],
  ["a tool of a bad name", declaring("{}", '[{ name: "a b\\u0000" }]'), {}, "tools"],
  ["a tool twice", declaring("{}", '[{ name: "a" }, { name: "a" }]'), {}, "tools"],
  ["2,000 tools", declaring("{}", 'Array.from({ length: 2_000 }, (_, n) => ({ name: "t" + n }))'), {}, "tools"],
  ["a NUL in the code", "\0", {}, "code"],
  ["half a character in a file", ECHO, { files: { "server.js": "\ud800" } }, "files.server.js"],
  ["a path out of the folder", ECHO, { files: { "server.js": "", "../../etc/x.ts": "" } }, "files.../../etc/x.ts"],
  ["an absolute path", ECHO, { files: { "server.js": "", "/etc/passwd.ts": "" } }, "files./etc/passwd.ts"],
  ["an entry that is not there", ECHO, { entry: "other.js" }, "entry"],
  ["a bad slug", ECHO, { slug: "a__b" }, "slug"],
  ["a field too many", ECHO, { workspaceId: "ws_1" }, "workspaceId"],
])(
  "%s is refused and leaves nothing behind",
  async (_, code, more, field) => {
    const reply = await upload("bad", code, more);
    expect(reply).toMatchObject({ status: 422, body: { error: { code: "invalid", field } } });
    expect(JSON.stringify(reply.body)).not.toMatch(/root:|workerd|\/tmp\//);
    expect((await send("GET", "/functions/bad")).status).toBe(404);
  },
  60_000,
);

test("a file with a prototype's name is dropped", async () => {
  const files = JSON.parse('{"server.js":"","__proto__":"x"}');
  expect(await upload("proto", ECHO, { files })).toMatchObject({ status: 201 });
  expect(await send("GET", "/functions/proto")).toMatchObject({ body: { files: { "server.js": "" } } });
});

test("a failed deployment leaves what answers in force", async () => {
  await upload("stays", ECHO);
  expect((await upload("stays", "throw 1;")).status).toBe(422);
  expect(await send("GET", "/functions/stays")).toMatchObject({ body: { version: 1, state: "live", staged: null } });
});

test("bodies have a bound of their own: 10 MiB for a bundle, 1 MiB for most", async () => {
  const big = `${ECHO}//${"x".repeat(3 << 20)}`;
  expect((await upload("big", big)).status).toBe(201);
  expect((await request("POST", "/functions", "x".repeat((10 << 20) + 1))).status).toBe(413);
  expect((await request("PUT", "/functions/big/vars", "x".repeat(2 << 20))).status).toBe(413);
  expect((await request("PUT", "/functions/big/source", "x".repeat(5 << 20))).status).toBe(413);
}, 60_000);

test("a slug of another server, another workspace's deployment and a plain member are refused", async () => {
  await addServer(ctx, { slug: "proxied", url: "https://mcp.example.com/mcp" });
  expect(await upload("proxied", ECHO)).toMatchObject({ status: 409, body: { error: { field: "slug" } } });
  expect((await send("GET", "/functions/proxied")).status).toBe(404);
  const other = await mintWorkspace(world);
  await upload("own", ECHO);
  const foreignKey = (await createApiKey(other, { name: "x" })).key;
  expect((await send("GET", "/functions/own", undefined, foreignKey)).status).toBe(404);
  const { serverId } = (await send("GET", "/functions/own")).body as unknown as { serverId: string };
  await createFunction(other, { slug: "theirs" });
  const deployment = await mintDeployment(other, "theirs");
  for (const [method, path, body] of [
    ["POST", `/functions/${serverId}/deployments/${deployment}/activate`, {}],
    ["POST", `/functions/own/try`, { deployment, tool: "echo" }],
    ["GET", `/functions/own/logs?deployment=${deployment}`, undefined],
    ["GET", `/functions/own/diff?from=${deployment}&to=draft`, undefined],
    ["POST", "/functions/own/release", { deployment }],
    ["POST", "/functions/own/deployments/%00/activate", {}],
  ] as const)
    expect((await send(method, path, body)).status, path).toBe(404);
  const member = await mintMember(ctx, "member", world);
  const as = (await createApiKey(member, { name: "m" })).key;
  for (const path of ["/functions", "/functions/own", "/functions/own/logs", "/functions/own/egress"])
    expect((await send("GET", path, undefined, as)).status, path).toBe(403);
  expect((await send("POST", "/functions", bundle("own", ECHO), as)).status).toBe(403);
});

test("settings reach the function at its next call; names and texts that cannot be are refused", async () => {
  const code = handler(`const { id, method } = await request.json();
    if (id === undefined) return new Response(null, { status: 202 });
    if (method === "tools/call") return Response.json({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text: String(env.MODE) }] } });
    const result = method === "initialize" ? { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "x", version: "1" } } : { tools: [{ name: "t" }] };
    return Response.json({ jsonrpc: "2.0", id, result });`);
  await upload("vars", code);
  const mode = async () => {
    const { body } = await send("POST", "/functions/vars/try", { tool: "t" });
    return JSON.parse(String(body.result)).content[0].text as string;
  };
  expect(await mode()).toBe("undefined");
  expect(await send("PUT", "/functions/vars/vars", { vars: { MODE: "fast" } })).toMatchObject({
    status: 200,
    body: { vars: { MODE: "fast" } },
  });
  expect(await mode()).toBe("fast");
  for (const vars of [{ lower: "x" }, { A: 1 }, { A: "\0" }])
    expect((await send("PUT", "/functions/vars/vars", { vars })).status).toBe(422);
});

test("the log can be followed: the lines so far, then one by one, until the reader leaves", async () => {
  await upload("live", ECHO.replace("const reply", 'console.log("at " + message.method); const reply'));
  const response = await request("GET", "/functions/live/logs/stream");
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  let seen = await next();
  await send("POST", "/functions/live/try", { tool: "echo" });
  for (let reads = 0; reads < 20 && !seen.includes("at tools/call"); reads++) seen += await next();
  expect(seen).toMatch(/^retry: 1000\n\n/);
  expect(seen).toContain("event: lines\ndata: []\n\n");
  expect(seen).toMatch(/event: line\ndata: \{"time":"[^"]+","level":"log","text":"at tools\/call"/);
  await reader.cancel();
});

test("a call that fails says by whom: the runtime's code, or the tool's own words", async () => {
  await upload(
    "fails",
    handler(`const { id, method } = await request.json();
    if (id === undefined) return new Response(null, { status: 202 });
    if (method === "tools/call") throw new Error("inside");
    const result = method === "initialize" ? { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "x", version: "1" } } : { tools: [{ name: "t" }] };
    return Response.json({ jsonrpc: "2.0", id, result });`),
  );
  expect(await send("POST", "/functions/fails/try", { tool: "t" })).toMatchObject({
    status: 200,
    body: {
      outcome: "error",
      result: null,
      error: { code: "server_error" },
      logs: [{ text: expect.stringContaining("inside") }],
    },
  });
});
