import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkspaceCtx } from "@/lib/services/context";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintWorkspace, type World } from "@/lib/testing/factories";
import { type GuardedUpstream, guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";
import { addServer } from "./add";
import { getServer } from "./get";
import { probeServer } from "./probe";
import { refreshTools } from "./refresh-tools";
import { updateServer } from "./update";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const URL_A = "https://mcp.example.com/mcp";

async function world(upstream: GuardedUpstream, more: Partial<World> = {}): Promise<WorkspaceCtx> {
  return mintWorkspace({ db: database.db, transport: upstream.transport, ...more });
}

test("401: saved with its problem, asking for a secret", async () => {
  const ctx = await world(guardedUpstream([], "Bearer x"));
  const saved = await addServer(ctx, { slug: "up", url: URL_A });
  expect(saved.probe).toMatchObject({ ok: false, problem: "unauthorized", status: 401 });
  expect(saved.server).toMatchObject({ status: "problem", problem: expect.stringContaining("{{API_KEY}}") });
});

test("down: refused with what was seen, kept by force", async () => {
  const upstream = guardedUpstream([]);
  upstream.down = true;
  const ctx = await world(upstream);
  await expect(addServer(ctx, { slug: "up", url: URL_A })).rejects.toMatchObject({ code: "upstream_failed" });
  await expect(getServer(ctx, { server: "up" })).rejects.toMatchObject({ code: "not_found" });
  expect((await addServer(ctx, { slug: "up", url: URL_A, force: true })).server.status).toBe("problem");
});

test("a refused address is an invalid URL on probe, add and update, even by force", async () => {
  const upstream = guardedUpstream([toolText("echo")]);
  const ctx = await world(upstream);
  await addServer(ctx, { slug: "ok", url: URL_A });
  const sent = upstream.requests.length;
  for (const url of [
    "http://127.0.0.1:3001/mcp",
    "https://[::1]/",
    "http://mcp.example.com/",
    "https://gateway.example/ws/x/mcp",
  ]) {
    const refusal = { code: "invalid", field: "url" };
    await expect(probeServer(ctx, { url })).rejects.toMatchObject(refusal);
    await expect(addServer(ctx, { slug: "up", url, force: true })).rejects.toMatchObject(refusal);
    await expect(updateServer(ctx, { server: "ok", url, force: true })).rejects.toMatchObject(refusal);
  }
  expect(upstream.requests.length).toBe(sent);
});

test("an allowed private address is taken", async () => {
  const ctx = await world(guardedUpstream([toolText("echo")]), { allowPrivate: ["127.0.0.1"] });
  expect((await addServer(ctx, { slug: "up", url: "http://127.0.0.1:3001/mcp" })).server.status).toBe("up");
});

test("tools known before stay when a later test fails", async () => {
  const upstream = guardedUpstream([toolText("echo")]);
  const ctx = await world(upstream);
  await addServer(ctx, { slug: "up", url: URL_A });
  upstream.down = true;
  expect(await refreshTools(ctx, { server: "up" })).toMatchObject({
    probe: { ok: false },
    server: { status: "problem", tools: { total: 1 } },
  });
});

test("a range withdrawn later is found on the next test, and nothing is sent", async () => {
  const upstream = guardedUpstream([toolText("echo")]);
  const ctx = await world(upstream, { allowPrivate: ["127.0.0.1"] });
  await addServer(ctx, { slug: "up", url: "http://127.0.0.1:3001/mcp" });
  const sent = upstream.requests.length;
  const refreshed = await refreshTools({ ...ctx, allowPrivate: [] }, { server: "up" });
  expect(refreshed).toMatchObject({ probe: { problem: "refused_address" }, server: { status: "problem" } });
  expect(upstream.requests.length).toBe(sent);
});
