import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createCallWriter } from "@/db/call-writer";
import { createEdgeQuery } from "@/db/edge";
import { createDirectory } from "@/db/gateway-store";
import { createKeptResults } from "@/db/kept-results";
import { calls, deployments, egressRecords, functions, servers, serverTools } from "@/db/schema";
import { generateMasterKey, importMasterKeys, type MasterKeys } from "@/lib/crypto/master-keys";
import { webCryptoPort } from "@/lib/crypto/port";
import { readEnv } from "@/lib/env";
import { parseManifest } from "@/lib/functions/manifest";
import { buildHost, handler } from "@/lib/functions/testing/world";
import { createGateway } from "@/lib/gateway/handler";
import { newId } from "@/lib/ids";
import { createLog } from "@/lib/log";
import { createFetchTransport } from "@/lib/mcp/fetch-transport";
import type { WorkspaceCtx } from "@/lib/services/context";
import { storeSecret } from "@/lib/services/secret/store";
import { findServer } from "@/lib/services/server/find";
import { createToken } from "@/lib/services/token/create";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintWorkspace } from "@/lib/testing/factories";
import type { GatewayHandler } from "./direct-lane";
import { composeFunctions, type Functions } from "./functions";
import { composeGateway } from "./gateway";
import { noteMasterKeys } from "./master-key";

/** The whole way of a call: gateway, front, workerd, egress, and an API that wants a secret. */
const MASTER_KEY = generateMasterKey();
const SECRET = `xoxb-${crypto.randomUUID()}`;
const lines: string[] = [];
const log = createLog((line) => lines.push(line));
const env = readEnv({
  AEROSTACK_ALLOW_PRIVATE_UPSTREAMS: "127.0.0.1",
  AEROSTACK_PUBLIC_URL: "https://gateway.example",
});
let database: TestDatabase;
let keys: MasterKeys;
let host: string;
let api: Server;
const seen: (string | undefined)[] = [];

beforeAll(async () => {
  database = await testDatabase();
  keys = await importMasterKeys(MASTER_KEY);
  await noteMasterKeys(database.db, keys.ids);
  host = await buildHost();
  api = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.end(JSON.stringify({ ok: true, echo: request.headers.authorization }));
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
});
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
afterAll(async () => {
  api.close();
  await database.close();
});

const apiPort = () => (api.address() as AddressInfo).port;

/** A server with the tools `send` (tells the API, and all it knows, to whoever listens) and `spin` (never ends). */
const code = () =>
  handler(`
  const { id, method, params } = await request.json();
  const reply = (result) => Response.json({ jsonrpc: "2.0", id, result });
  if (id === undefined) return new Response(null, { status: 202 });
  if (method === "initialize") return reply({ protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "s", version: "1" } });
  if (method !== "tools/call") return Response.json({ jsonrpc: "2.0", id, error: { code: -32601, message: "Method not found" } });
  if (params.name === "spin") for (;;);
  console.log("token", env.TOKEN);
  const answer = await fetch("http://127.0.0.1:${apiPort()}/post?x=1", { method: "POST", headers: { authorization: "Bearer " + env.TOKEN } });
  return reply({ content: [{ type: "text", text: env.GREETING + " " + env.TOKEN + " " + await answer.text() }] });`);

/** A workspace with a deployed function, its secret set, and a member's token. */
async function tenant(): Promise<{ ctx: WorkspaceCtx; serverId: string; sha256: string; token: string }> {
  const ctx = { ...(await mintWorkspace({ db: database.db })), masterKeys: keys };
  const workspaceId = ctx.workspace.id;
  const [serverId, functionId, id] = [newId("server"), newId("function"), newId("deployment")];
  const sha256 = createHash("sha256").update(code()).digest("hex");
  const manifest = parseManifest({
    hosts: [{ host: "127.0.0.1", http: true, ports: [apiPort()], private: true }],
    secrets: { TOKEN: { hosts: ["127.0.0.1"], prefix: "xoxb-" } },
  });
  const tools = ["send", "spin"].map((name) => ({
    name,
    definition: JSON.stringify({ name, inputSchema: { type: "object" } }),
  }));
  const url = `https://${serverId}.functions.invalid/mcp`;
  const server = { id: serverId, workspaceId, slug: "fn", name: "Fn", kind: "hosted" as const, url };
  await database.db.insert(servers).values({ ...server, transport: "streamable-http" });
  const files = { "server.ts": "" };
  const draft = { files, entry: "server.ts", vars: { GREETING: "hello" }, activeDeploymentId: id };
  await database.db.insert(functions).values({ id: functionId, workspaceId, serverId, ...draft });
  const built = { version: 1, sha256, code: code(), files, entry: "server.ts", manifest, tools, startMs: 1 };
  await database.db.insert(deployments).values({ id, workspaceId, functionId, createdBy: "usr_1", ...built });
  await database.db.insert(serverTools).values(tools.map((tool) => ({ serverId, workspaceId, ...tool })));
  await database.db.transaction(async (tx) => {
    const row = await findServer(tx, ctx, "fn");
    await storeSecret(tx, ctx, row, { name: "TOKEN", value: SECRET, memberId: null, origin: "function:127.0.0.1" });
  });
  const { token } = await createToken(ctx, { name: "laptop" });
  return { ctx, serverId, sha256, token };
}

const start = async (): Promise<Functions> => {
  const { db, query } = database;
  const parts = { env, db, query, masterKeys: keys, masterKeyText: MASTER_KEY, root: "/nowhere", host, port: 1, log };
  const started = await composeFunctions(parts);
  open.push(started);
  return started;
};

const LANES = {
  direct: ({ port }: Functions) =>
    composeGateway({
      env,
      query: database.query,
      masterKeys: keys,
      functions: port,
      ownHosts: [],
      shared: false,
      log,
    }),
  edge({ port: { url, key } }: Functions) {
    const query = createEdgeQuery(database.url);
    const policy = { allowPrivate: [new URL(url).host], ownHosts: [] };
    return createGateway({
      directory: createDirectory(query, { allowPrivate: [] }),
      writeCalls: createCallWriter(query),
      relay: null,
      keptResults: createKeptResults(query),
      transport: createFetchTransport(() => ({ allowPrivate: [], ownHosts: [] })),
      functions: { url, key, transport: createFetchTransport(() => policy) },
      ...{
        masterKeys: keys,
        publicUrl: env.publicUrl,
        now: Date.now,
        crypto: webCryptoPort,
        defer: () => undefined,
        log,
      },
    });
  },
};

async function call(gateway: GatewayHandler, { ctx, token }: { ctx: WorkspaceCtx; token: string }, tool: string) {
  const headers = {
    host: "gateway.example",
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
  };
  const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: `fn__${tool}`, arguments: {} } };
  const url = `https://gateway.example/ws/${ctx.workspace.slug}/mcp`;
  const request = new Request(url, { method: "POST", headers, body: JSON.stringify(message) });
  const answer = await gateway.handle(request, { sourceIp: null });
  const body = await answer.text();
  const { result } = JSON.parse(body) as { result?: { content: { text: string }[]; isError?: boolean } };
  if (!result) throw new Error(`${answer.status} ${body}`);
  return { isError: result.isError === true, text: result.content[0]?.text ?? "" };
}

test.each(["direct", "edge"] as const)("on the %s lane a secret reaches the API and nothing else", async (lane) => {
  const running = await start();
  const gateway = LANES[lane](running);
  open.push(gateway);
  const who = await tenant();
  seen.length = 0;
  const answer = await call(gateway, who, "send");
  expect(answer.isError, answer.text).toBe(false);
  expect(answer.text).toMatch(/^hello /);
  expect(seen).toEqual([`Bearer ${SECRET}`]);
  expect(answer.text).not.toContain(SECRET);
  expect(answer.text).not.toMatch(/ph_TOKEN_/);

  const { serverId: ins, sha256: dep } = who;
  const logged = { ws: who.ctx.workspace.id, ins, dep };
  await vi.waitFor(() => expect(running.engine.logs(logged).map(({ text }) => text)).toContain("token [secret TOKEN]"));
  const [row] = await vi.waitUntil(async () => {
    const found = await database.db.select().from(calls).where(eq(calls.workspaceId, logged.ws));
    return found[0]?.outcome === "ok" && found;
  });
  const [record] = await vi.waitUntil(
    async () => {
      const found = await database.db.select().from(egressRecords).where(eq(egressRecords.workspaceId, logged.ws));
      return found.length > 0 && found;
    },
    { timeout: 3_000 },
  );
  const outgoing = { method: "POST", host: "127.0.0.1", path: "/post", status: 200, verdict: "ok", sha256: dep };
  expect(record).toMatchObject({ ...outgoing, serverId: ins, callId: row?.id, memberId: row?.memberId });
  expect(JSON.stringify([record, row, lines, running.engine.logs(logged)])).not.toContain(SECRET);
});

test("a looping function is paused, and another workspace does not notice", async () => {
  const running = await start();
  const gateway = LANES.direct(running);
  open.push(gateway);
  const [bad, good] = [await tenant(), await tenant()];
  expect((await call(gateway, good, "send")).isError).toBe(false);
  const harmed: string[] = [];
  const loops = (async () => {
    for (const expected of [/ended in the middle/, /ended in the middle/, /is paused/]) {
      const { isError, text } = await call(gateway, bad, "spin");
      if (!isError || !expected.test(text)) harmed.push(text);
    }
  })();
  for (let at = 0; at < 40; at++) if ((await call(gateway, good, "send")).isError) harmed.push("the other workspace");
  await loops;
  expect(harmed).toEqual([]);
  const paused = { ws: bad.ctx.workspace.id, ins: bad.serverId, dep: bad.sha256 };
  expect(running.engine.pausedUntil(paused)).toBeGreaterThan(Date.now());
  await vi.waitUntil(async () => {
    const rows = await database.db.select().from(calls).where(eq(calls.workspaceId, paused.ws));
    return rows.map(({ errorClass }) => errorClass).join() === "runtime_crashed,runtime_crashed,quarantined";
  });
});

test("after a restart the same function answers the same token", async () => {
  const who = await tenant();
  for (let round = 0; round < 2; round++) {
    const running = await start();
    const gateway = LANES.direct(running);
    expect((await call(gateway, who, "send")).text).toMatch(/^hello /);
    await gateway.close();
    await running.close();
    open.length = 0;
  }
});

test("a value that was given for other hosts stays sealed", async () => {
  const gateway = LANES.direct(await start());
  open.push(gateway);
  const who = await tenant();
  await database.db.transaction(async (tx) => {
    const row = await findServer(tx, who.ctx, "fn");
    const elsewhere = { name: "TOKEN", value: SECRET, memberId: null, origin: "function:api.example.com" };
    await storeSecret(tx, who.ctx, row, elsewhere);
  });
  seen.length = 0;
  expect((await call(gateway, who, "send")).text).toContain("secret_not_set");
  expect(seen).toEqual([]);
});
