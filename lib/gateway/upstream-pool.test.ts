import { expect, test } from "vitest";
import { generateMasterKey, importMasterKeys } from "@/lib/crypto/master-keys";
import { webCryptoPort } from "@/lib/crypto/port";
import type { Era } from "@/lib/mcp/protocol";
import type { UpstreamRequest, UpstreamTransport } from "@/lib/mcp/transport";
import type { UpstreamServer, WorkspaceSnapshot } from "./ports";
import { UpstreamPool } from "./upstream-pool";

const DAY = 24 * 3_600_000;

/** A pool over one server of an era that the test sets, and what reached it: methods of POSTs, and DELETE. */
async function poolOf(server: { era: Era }, hint: Era | null) {
  const sent: string[] = [];
  const transport: UpstreamTransport = async (request) => respond(server.era, request, sent);
  const upstream: UpstreamServer = {
    id: "srv_1",
    slug: "up",
    url: "https://up.example/mcp",
    transport: "streamable-http",
    era: hint,
    capabilities: null,
    headers: [],
    secretModes: {},
    secrets: [],
    hosted: null,
    tools: [],
  };
  const snapshot: WorkspaceSnapshot = {
    id: "ws_1",
    slug: "acme",
    name: "Acme",
    version: 1,
    servers: [upstream],
    nameLength: 45,
    formerNames: [],
    searchMode: false,
    resultCap: null,
    rules: [],
    keepArguments: false,
    keepResults: false,
    redactFields: [],
    ipAllow: [],
    dataKeys: [],
    allowPrivate: [],
  };
  const masterKeys = await importMasterKeys(generateMasterKey());
  const clock = { now: 1_000 };
  const pool = new UpstreamPool(transport, masterKeys, webCryptoPort, () => clock.now, null);
  const session = (id = "tok_1", capabilities: Record<string, unknown> = {}) =>
    pool.session(upstream, snapshot, { id, memberId: "mem_1" }, { capabilities });
  return { pool, session, sent, clock };
}

function respond(era: Era, request: UpstreamRequest, sent: string[]): ReturnType<UpstreamTransport> {
  const { id, method } = JSON.parse(request.body ?? "{}") as { id?: number; method?: string };
  sent.push(method ?? request.method);
  const result =
    method === "server/discover" && era === "modern"
      ? { supportedVersions: ["2026-07-28"], capabilities: {} }
      : method === "initialize" && era === "legacy"
        ? { protocolVersion: "2025-11-25", capabilities: {} }
        : null;
  const outcome = result ? { result } : { error: { code: -32601, message: "?" } };
  const headers: Record<string, string> = { "content-type": "application/json", "mcp-session-id": "s" };
  const body = JSON.stringify({ jsonrpc: "2.0", id, ...outcome });
  return Promise.resolve({
    status: id === undefined ? 202 : 200,
    header: (name) => headers[name] ?? null,
    text: async () => body,
    stream: () => new Response(body).body as ReadableStream<Uint8Array>,
    discard: () => undefined,
  });
}

test("what a test found out is tried first, and what a session found out is remembered", async () => {
  const known = await poolOf({ era: "legacy" }, "legacy");
  await known.session();
  expect(known.sent).toEqual(["initialize", "notifications/initialized"]);
  const unknown = await poolOf({ era: "legacy" }, null);
  await unknown.session("a");
  await unknown.session("b");
  expect(unknown.sent.filter((method) => method === "server/discover")).toHaveLength(1);
});

test("a verdict that is wrong is corrected at once, and one of a day ago is asked for again", async () => {
  const server: { era: Era } = { era: "legacy" };
  const { session, sent, clock } = await poolOf(server, "modern");
  expect((await session("a")).era).toBe("legacy");
  expect((await session("b")).era).toBe("legacy");
  expect(sent.filter((method) => method === "server/discover")).toHaveLength(1);
  server.era = "modern";
  clock.now += DAY - 1;
  expect((await session("a")).era).toBe("legacy");
  clock.now += 1;
  expect((await session("a")).era).toBe("modern");
});

test("each owner and each set of capabilities has a session of its own; dropping an owner ends theirs alone", async () => {
  const { pool, session, sent } = await poolOf({ era: "legacy" }, "legacy");
  const plain = await session("a");
  expect(await session("a")).toBe(plain);
  const able = await session("a", { roots: {} });
  const other = await session("ab");
  expect(new Set([plain, able, other]).size).toBe(3);
  pool.drop("a");
  await Promise.resolve();
  expect([plain.closed, able.closed, other.closed]).toEqual([true, true, false]);
  expect(await session("ab")).toBe(other);
  await new Promise((resolve) => setTimeout(resolve));
  expect(sent.filter((method) => method === "DELETE")).toHaveLength(2);
});

test("what is idle for long is closed, but not under a request that still waits", async () => {
  const { pool, session, clock } = await poolOf({ era: "legacy" }, "legacy");
  const [idle, held] = [await session("a"), await session("b")];
  const asked = held.request("tools/call", '{"name":"slow"}', { deadlineMs: 60_000 });
  clock.now += 5 * 60_000 + 1;
  pool.sweepIfDue();
  await Promise.resolve();
  expect([idle.closed, held.closed]).toEqual([true, false]);
  await asked;
  clock.now += 60_000;
  pool.sweepIfDue();
  await Promise.resolve();
  expect(held.closed).toBe(true);
});
