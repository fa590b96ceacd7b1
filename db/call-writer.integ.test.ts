import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallIntent, CallOutcome } from "@/lib/gateway/ports";
import { newId } from "@/lib/ids";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { createCallWriter, sweepUnfinished } from "./call-writer";
import { createEdgeQuery } from "./edge";

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t?.close());

const intent = (workspaceId: string, change: Partial<CallIntent> = {}): CallIntent => ({
  id: newId("call"),
  workspaceId,
  occurredAt: 1_700_000_000_123,
  memberId: "mem_1",
  actorName: "Alice",
  actorEmail: null,
  actorRole: "member",
  tokenId: "tok_1",
  tokenPrefix: "mwt_ab12",
  authMethod: "token",
  argsSealed: null,
  argsKeyId: null,
  clientName: "client",
  clientVersion: "1",
  sourceIp: "127.0.0.1",
  userAgent: null,
  sessionId: null,
  requestId: "r",
  method: "tools/call",
  serverId: "srv_1",
  server: "srv",
  tool: "echo",
  toolKind: "read",
  requestBytes: 12,
  argsSha256: null,
  secretsUsed: ["KEY"],
  outcome: "pending",
  errorClass: null,
  errorCode: null,
  ...change,
});

const outcome = (of: CallIntent, change: Partial<CallOutcome> = {}): CallOutcome => ({
  id: of.id,
  workspaceId: of.workspaceId,
  outcome: "ok",
  errorClass: null,
  errorCode: null,
  upstreamStatus: 200,
  durationMs: 1.5,
  upstreamMs: 1.25,
  beforeMs: 0.25,
  responseBytes: 34,
  resultSealed: null,
  resultKeyId: null,
  ...change,
});

const row = async (id: string) =>
  (await t.query<Record<string, unknown>>("select * from calls where id = $1", [id]))[0];

describe("call writer", () => {
  it("commits intents, then outcomes, in one write each or both at once", async () => {
    const write = createCallWriter(t.query);
    const [a, b] = [intent("ws_a"), intent("ws_a", { outcome: "denied", errorClass: "tool_off", errorCode: -32602 })];
    await write({ intents: [a, b], outcomes: [] });
    expect(await row(a.id)).toMatchObject({
      outcome: "pending",
      occurred_at: new Date(1_700_000_000_123),
      secrets_used: ["KEY"],
      duration_ms: null,
    });
    expect(await row(b.id)).toMatchObject({ outcome: "denied", error_class: "tool_off", error_code: -32602 });
    const c = intent("ws_a");
    await write({ intents: [c], outcomes: [outcome(a)] });
    await write({
      intents: [],
      outcomes: [outcome(c, { outcome: "error", errorClass: "timeout", upstreamStatus: null })],
    });
    expect(await row(a.id)).toMatchObject({
      outcome: "ok",
      upstream_status: 200,
      duration_ms: 1.5,
      upstream_ms: 1.25,
      response_bytes: 34,
    });
    expect(await row(c.id)).toMatchObject({ outcome: "error", error_class: "timeout", upstream_status: null });
    await write({ intents: [], outcomes: [] });
  });

  it("changes nothing when written again", async () => {
    const write = createCallWriter(t.query);
    const call = intent("ws_a");
    await write({ intents: [call], outcomes: [] });
    await write({ intents: [call], outcomes: [outcome(call)] });
    await write({ intents: [call], outcomes: [outcome(call, { outcome: "error" })] });
    expect(await row(call.id)).toMatchObject({ outcome: "ok" });
  });

  it("settles a call of its own workspace only, and no refused one", async () => {
    const write = createCallWriter(t.query);
    const [call, denied] = [intent("ws_a"), intent("ws_a", { outcome: "denied" })];
    await write({ intents: [call, denied], outcomes: [] });
    await write({ intents: [], outcomes: [outcome(call, { workspaceId: "ws_b" }), outcome(denied)] });
    expect([(await row(call.id))?.outcome, (await row(denied.id))?.outcome]).toEqual(["pending", "denied"]);
  });

  it("stores names with NUL and lone surrogates, told apart", async () => {
    const write = createCallWriter(createEdgeQuery(t.url));
    const names = ["a\0b", "a\\u0000b", "a\ud800b", "a\udc00b", "a\ufffdb", "plain 😀"];
    const batch = names.map((tool) => intent("ws_a", { tool, clientName: tool, secretsUsed: [tool] }));
    await write({ intents: batch, outcomes: [] });
    await write({ intents: [], outcomes: batch.map((call) => outcome(call)) });
    const rows = await Promise.all(batch.map((call) => row(call.id)));
    expect(new Set(rows.map((found) => found?.tool)).size).toBe(names.length);
    expect(rows.every((found) => found?.outcome === "ok")).toBe(true);
    expect(rows[0]?.tool).toBe("a\\u0000b");
    expect(rows[5]?.tool).toBe("plain 😀");
  });

  it("takes 256 at once", async () => {
    const batch = Array.from({ length: 256 }, () => intent("ws_many"));
    await createCallWriter(t.query)({ intents: batch, outcomes: [] });
    expect(await t.query("select count(*)::int as n from calls where workspace_id = 'ws_many'")).toEqual([{ n: 256 }]);
  });

  it("looks outcomes up by key even with a plan made when the table was empty", async () => {
    const texts: string[] = [];
    const write = createCallWriter(async (text) => {
      texts.push(text);
      return [];
    });
    const call = intent("ws_a");
    await write({ intents: [], outcomes: [outcome(call)] });
    await write({ intents: [call], outcomes: [outcome(call)] });
    for (const [i, text] of texts.entries()) {
      const plan = await t.db.transaction(async (tx) => {
        await tx.execute("create temp table calls (like public.calls including all) on commit drop");
        await tx.execute("set local plan_cache_mode = force_generic_plan");
        await tx.execute(`prepare probe_${i} as ${text}`);
        const explained = await tx.execute(`explain execute probe_${i}('[]'${i === 1 ? ", '[]'" : ""})`);
        await tx.execute(`deallocate probe_${i}`);
        return (explained as { rows: object[] }).rows.map((line) => Object.values(line)[0]).join("\n");
      });
      expect(plan).toMatch(/Index Cond: \(id = \(?o\.id/);
      expect(plan).not.toContain("Seq Scan");
    }
  });
});

describe("sweepUnfinished", () => {
  it("marks what no node will finish, and lets a late outcome still win", async () => {
    const write = createCallWriter(t.query);
    const now = Date.now();
    const at = (ms: number) => intent("ws_sweep", { id: newId("call", now - ms) });
    const [old, running, done] = [at(10 * 60_000), at(1_000), at(10 * 60_000)];
    await write({ intents: [old, running, done], outcomes: [] });
    await write({ intents: [], outcomes: [outcome(done)] });
    expect(await sweepUnfinished(t.query, { now })).toBeGreaterThanOrEqual(1);
    expect(await Promise.all([old, running, done].map(async (call) => (await row(call.id))?.outcome))).toEqual([
      "unknown",
      "pending",
      "ok",
    ]);
    await write({ intents: [], outcomes: [outcome(old)] });
    expect((await row(old.id))?.outcome).toBe("ok");
  });
});
