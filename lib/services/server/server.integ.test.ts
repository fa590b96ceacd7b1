import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import { secrets } from "@/db/schema/secrets";
import { serverTools } from "@/db/schema/server-tools";
import { workspaces } from "@/db/schema/workspaces";
import type { WorkspaceCtx } from "@/lib/services/context";
import { deleteSecret } from "@/lib/services/secret/delete";
import { listSecrets } from "@/lib/services/secret/list";
import { setSecret } from "@/lib/services/secret/set";
import { setToolEnabled } from "@/lib/services/tool/set-enabled";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { type GuardedUpstream, guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";
import { addServer } from "./add";
import { getServer } from "./get";
import { probeServer } from "./probe";
import { refreshTools } from "./refresh-tools";
import { removeServer } from "./remove";
import { setServerEnabled } from "./set-enabled";
import { updateServer } from "./update";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const URL_A = "https://mcp.example.com/mcp";
const CANARY = "canary-9f2c1d";
const AUTH = [{ name: "Authorization", template: "Bearer {{API_KEY}}" }];

async function world(upstream: GuardedUpstream, more: Partial<World> = {}): Promise<WorkspaceCtx> {
  return mintWorkspace({ db: database.db, transport: upstream.transport, ...more });
}
const version = async (ctx: WorkspaceCtx) =>
  (await ctx.db.select().from(workspaces).where(eq(workspaces.id, ctx.workspace.id)))[0]?.version ?? 0;
const audits = (ctx: WorkspaceCtx) =>
  ctx.db.select().from(auditEvents).where(eq(auditEvents.workspaceId, ctx.workspace.id)).orderBy(asc(auditEvents.id));

test("a server without secrets is tested and saved with its tools", async () => {
  const ctx = await world(guardedUpstream([toolText("echo", "Says it again"), toolText("add")]));
  const before = await version(ctx);
  const saved = await addServer(ctx, { slug: "up", url: URL_A });
  expect(saved).toMatchObject({
    server: { slug: "up", name: "up", status: "up", transport: "streamable-http", protocolVersion: "2025-11-25" },
    probe: { ok: true, serverName: "fake" },
    missingSecrets: [],
    changes: { added: ["echo", "add"] },
  });
  const detail = await getServer(ctx, { server: "up" });
  expect(detail.toolList.map((tool) => [tool.qualifiedName, tool.enabled])).toEqual([
    ["up__add", true],
    ["up__echo", true],
  ]);
  expect(await version(ctx)).toBeGreaterThan(before);
});

test("a header whose secret is not set: saved without a request, tools appear once it is set", async () => {
  const upstream = guardedUpstream([toolText("echo")], `Bearer ${CANARY}`);
  const ctx = await world(upstream);
  const saved = await addServer(ctx, { slug: "github", url: URL_A, headers: AUTH });
  expect(saved.missingSecrets).toEqual(["API_KEY"]);
  expect(saved.probe).toMatchObject({
    ok: false,
    problem: "missing_secret",
    message: expect.stringContaining("API_KEY"),
  });
  expect(saved.server.status).toBe("needs_secret");
  expect(upstream.requests).toEqual([]);

  const set = await setSecret(ctx, { server: "github", name: "API_KEY", value: CANARY });
  expect(set).toMatchObject({
    missingSecrets: [],
    probe: { ok: true },
    secret: { version: 1, origin: "https://mcp.example.com" },
  });
  expect((await getServer(ctx, { server: "github" })).toolList.map((tool) => tool.name)).toEqual(["echo"]);
  expect((await getServer(ctx, { server: "github" })).status).toBe("up");
});

test("no answer, row or audit event holds a secret's value, whatever the server echoes", async () => {
  const upstream = guardedUpstream([toolText("echo", `your key is ${CANARY}, ${btoa(CANARY)}`)], `Bearer ${CANARY}`);
  const lines: string[] = [];
  const ctx = await world(upstream, { lines });
  const answers: unknown[] = [
    await addServer(ctx, { slug: "up", url: URL_A, headers: AUTH, secrets: { API_KEY: CANARY } }),
    await setSecret(ctx, { server: "up", name: "API_KEY", value: CANARY }),
    await refreshTools(ctx, { server: "up" }),
    await listSecrets(ctx, { server: "up" }),
    await getServer(ctx, { server: "up" }),
    await probeServer(ctx, { url: URL_A, headers: AUTH, secrets: { API_KEY: CANARY } }),
    await ctx.db.select().from(secrets).where(eq(secrets.workspaceId, ctx.workspace.id)),
    await ctx.db.select().from(serverTools).where(eq(serverTools.workspaceId, ctx.workspace.id)),
    await audits(ctx),
    lines,
  ];
  expect(upstream.requests.length).toBeGreaterThan(0);
  const all = JSON.stringify(answers);
  for (const spelling of [CANARY, btoa(CANARY).replace(/=+$/, ""), encodeURIComponent(CANARY)])
    expect(all).not.toContain(spelling);
  expect(JSON.stringify(await listSecrets(ctx, { server: "up" }))).not.toContain("sealed");
});

test("a bad value is refused by field, unquoted and unsaved", async () => {
  const ctx = await world(guardedUpstream([]));
  await addServer(ctx, { slug: "up", url: URL_A, headers: AUTH });
  for (const value of ["a\r\nX-Evil: 1", ` ${CANARY}`, `${CANARY}\n`, `\u200b${CANARY}`, "", "x".repeat(8_193)]) {
    const error = await setSecret(ctx, { server: "up", name: "API_KEY", value }).catch((caught: Error) => caught);
    expect(error).toMatchObject({ code: "invalid", field: "value" });
    expect((error as Error).message).not.toContain("canary");
  }
  expect((await listSecrets(ctx, { server: "up" })).secrets).toEqual([]);
});

test("a URL of another origin refuses the old secret until it is set again", async () => {
  const upstream = guardedUpstream([toolText("echo")], `Bearer ${CANARY}`);
  const ctx = await world(upstream);
  await addServer(ctx, { slug: "up", url: URL_A, headers: AUTH, secrets: { API_KEY: CANARY } });
  const sent = upstream.requests.length;
  const moved = await updateServer(ctx, { server: "up", url: "https://collector.example/mcp" });
  expect(moved).toMatchObject({
    missingSecrets: ["API_KEY"],
    probe: { problem: "missing_secret" },
    server: { status: "needs_secret" },
  });
  expect(upstream.requests.length).toBe(sent);
  expect((await listSecrets(ctx, { server: "up" })).secrets).toMatchObject([
    { usable: false, origin: "https://mcp.example.com" },
  ]);
  const again = await setSecret(ctx, { server: "up", name: "API_KEY", value: CANARY });
  expect(again).toMatchObject({
    secret: { version: 2, usable: true, origin: "https://collector.example" },
    probe: { ok: true },
  });
});

test("a refresh takes over what changed, and a switched-off tool cannot come back switched on", async () => {
  const upstream = guardedUpstream([toolText("a"), toolText("b"), toolText("c")]);
  const ctx = await world(upstream);
  await addServer(ctx, { slug: "up", url: URL_A });
  await setToolEnabled(ctx, { server: "up", tool: "a", enabled: false });
  upstream.tools = [toolText("b", "new words"), toolText("d")];
  expect((await refreshTools(ctx, { server: "up" })).changes).toEqual({ added: ["d"], removed: ["c"], changed: ["b"] });
  expect((await getServer(ctx, { server: "up" })).toolList.find((tool) => tool.name === "a")).toMatchObject({
    enabled: false,
    listed: false,
  });
  upstream.tools = [toolText("a"), toolText("b")];
  await refreshTools(ctx, { server: "up" });
  expect((await getServer(ctx, { server: "up" })).toolList).toMatchObject([
    { name: "a", enabled: false, listed: true },
    { name: "b", enabled: true },
  ]);
});

test("a name alone is changed without asking the server", async () => {
  const upstream = guardedUpstream([toolText("echo")]);
  const ctx = await world(upstream);
  await addServer(ctx, { slug: "up", url: URL_A });
  upstream.down = true;
  expect(await updateServer(ctx, { server: "up", name: "Renamed" })).toMatchObject({
    probe: null,
    server: { name: "Renamed", status: "up" },
  });
});

test("a slug is taken once a workspace, and again after removal, which wants the slug typed", async () => {
  const ctx = await world(guardedUpstream([toolText("echo")]));
  await addServer(ctx, { slug: "up", url: URL_A });
  await expect(addServer(ctx, { slug: "up", url: URL_A })).rejects.toMatchObject({ code: "conflict", field: "slug" });
  await expect(removeServer(ctx, { server: "up", confirm: "u" })).rejects.toMatchObject({
    code: "invalid",
    field: "confirm",
  });
  expect(await removeServer(ctx, { server: "up", confirm: "up" })).toMatchObject({ slug: "up", deleted: true });
  await addServer(ctx, { slug: "up", url: URL_A });
});

test("every change is audited by its word, the gateway is told, and what changes nothing is not", async () => {
  const ctx = await world(guardedUpstream([toolText("echo")], `Bearer ${CANARY}`));
  await addServer(ctx, { slug: "up", url: URL_A, headers: AUTH });
  await setSecret(ctx, { server: "up", name: "API_KEY", value: CANARY });
  const steps = [
    () => setSecret(ctx, { server: "up", name: "API_KEY", value: CANARY }),
    () => setToolEnabled(ctx, { server: "up", tool: "echo", enabled: false }),
    () => setToolEnabled(ctx, { server: "up", tool: "echo", enabled: false }),
    () => setServerEnabled(ctx, { server: "up", enabled: false }),
    () => deleteSecret(ctx, { server: "up", name: "API_KEY" }),
    () => removeServer(ctx, { server: "up", confirm: "up" }),
  ];
  for (const step of steps) {
    const before = await version(ctx);
    await step();
    expect(await version(ctx)).toBeGreaterThan(before);
  }
  expect((await audits(ctx)).map((event) => event.action)).toEqual([
    "workspace.create",
    "server.add",
    "secret.set",
    "server.tools_change",
    "secret.replace",
    "tool.disable",
    "server.disable",
    "secret.delete",
    "server.remove",
  ]);
});

test("a plain member reads servers and tools, but no URL path, header or secret name, and changes nothing", async () => {
  const shared: World = { db: database.db, transport: guardedUpstream([toolText("echo")]).transport };
  const owner = await mintWorkspace(shared);
  await addServer(owner, { slug: "up", url: `${URL_A}?key=${CANARY}`, headers: AUTH });
  const member = await mintMember(owner, "member", shared);
  const detail = await getServer(member, { server: "up" });
  expect(detail).toMatchObject({ url: "https://mcp.example.com", headers: [], missingSecrets: [] });
  const forbidden = [
    addServer(member, { slug: "x", url: URL_A }),
    updateServer(member, { server: "up", name: "x" }),
    removeServer(member, { server: "up", confirm: "up" }),
    refreshTools(member, { server: "up" }),
    probeServer(member, { url: URL_A }),
    setServerEnabled(member, { server: "up", enabled: false }),
    setToolEnabled(member, { server: "up", tool: "echo", enabled: false }),
    listSecrets(member, { server: "up" }),
    setSecret(member, { server: "up", name: "API_KEY", value: "x" }),
    deleteSecret(member, { server: "up", name: "API_KEY" }),
  ];
  for (const attempt of await Promise.allSettled(forbidden))
    expect(attempt).toMatchObject({ reason: { code: "forbidden" } });
});
