import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import { tokens } from "@/db/schema/tokens";
import { listAudit } from "@/lib/services/audit/list";
import { workspaceCtx } from "@/lib/services/context";
import { listMembers } from "@/lib/services/member/list";
import { addServer } from "@/lib/services/server/add";
import { createToken } from "@/lib/services/token/create";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintCalls, mintMember, mintUser, mintWorkspace, type World } from "@/lib/testing/factories";
import { guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";
import { createWorkspace } from "./create";
import { deleteWorkspace } from "./delete";
import { listWorkspaces } from "./list";
import { workspaceOverview } from "./overview";
import { renameWorkspace } from "./rename";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db, transport: guardedUpstream([toolText("echo"), toolText("add")]).transport };
});
afterAll(() => database.close());

test("whoever creates a workspace owns it; its slug comes from the name", async () => {
  const user = await mintUser(world);
  const mark = crypto.randomUUID().slice(0, 6);
  const made = await createWorkspace(user, { name: `  Équipe ${mark} ` });
  expect(made).toMatchObject({ name: `Équipe ${mark}`, slug: `equipe-${mark}`, role: "owner" });
  expect(made.sseUrl).toBe(`https://gateway.example/ws/equipe-${mark}/sse`);
  expect(await listWorkspaces(user)).toMatchObject([{ slug: made.slug, servers: 0, members: 1 }]);
});

test("a taken slug is a conflict, also when two ask at once", async () => {
  const slug = `race-${crypto.randomUUID().slice(0, 8)}`;
  const users = [await mintUser(world), await mintUser(world)];
  const settled = await Promise.allSettled(users.map((user) => createWorkspace(user, { name: "x", slug })));
  expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(settled.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "conflict", field: "slug" },
  });
});

test.each([
  "a",
  "A",
  "-acme",
  "acme-",
  "a--b",
  "xn--cme-8cd",
  "api",
  "constructor",
  "\uff41\uff43\uff4d\uff45",
  "a".repeat(41),
])("the slug %s is refused", async (slug) => {
  await expect(createWorkspace(await mintUser(world), { name: "x", slug })).rejects.toMatchObject({
    code: "invalid",
    field: "slug",
  });
});

test("fields that nobody asked for are refused", async () => {
  const input = { name: "x", ownerId: "usr_1" } as { name: string };
  await expect(createWorkspace(await mintUser(world), input)).rejects.toMatchObject({
    code: "invalid",
    field: "ownerId",
  });
});

test("deleting wants the slug, takes tokens with it, and keeps the record", async () => {
  const ctx = await mintWorkspace(world);
  await createToken(ctx, { name: "Alice" });
  await expect(deleteWorkspace(ctx, { confirm: "other" })).rejects.toMatchObject({ code: "invalid", field: "confirm" });
  await deleteWorkspace(ctx, { confirm: ctx.workspace.slug });
  await expect(workspaceCtx(ctx, ctx.workspace.slug)).rejects.toMatchObject({ code: "not_found" });
  expect(await ctx.db.select().from(tokens).where(eq(tokens.workspaceId, ctx.workspace.id))).toEqual([]);
  const kept = await ctx.db.select().from(auditEvents).where(eq(auditEvents.workspaceId, ctx.workspace.id));
  expect(kept.map((event) => event.action)).toContain("workspace.delete");
});

test("who may do what", async () => {
  const owner = await mintWorkspace(world);
  const [admin, member] = [await mintMember(owner, "admin", world), await mintMember(owner, "member", world)];
  await expect(deleteWorkspace(admin, { confirm: owner.workspace.slug })).rejects.toMatchObject({ code: "forbidden" });
  await expect(renameWorkspace(member, { name: "x" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(listMembers(member)).rejects.toMatchObject({ code: "forbidden" });
  await expect(listAudit(member)).rejects.toMatchObject({ code: "forbidden" });
  expect(await renameWorkspace(admin, { name: "Renamed" })).toMatchObject({
    name: "Renamed",
    slug: owner.workspace.slug,
  });
  expect((await listMembers(admin)).map((person) => person.role).toSorted()).toEqual(["admin", "member", "owner"]);
});

test("the overview counts periods, people, servers and tools", async () => {
  const ctx = await mintWorkspace(world);
  const member = await mintMember(ctx, "member", world);
  await addServer(ctx, { slug: "up", url: "https://mcp.example.com/mcp" });
  await addServer(ctx, {
    slug: "waits",
    url: "https://x.example.com/mcp",
    headers: [{ name: "X-Key", template: "{{KEY}}" }],
  });
  await createToken(ctx, { name: "Alice" });
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  await mintCalls(ctx, [{}, { outcome: "error" }, { occurredAt: ago(25) }, { occurredAt: ago(49) }]);
  await mintCalls(member, [{ outcome: "denied" }]);
  const view = await workspaceOverview(ctx);
  expect(view).toMatchObject({
    calls: { last24h: 3, previous24h: 1, failed24h: 2 },
    servers: { total: 2, enabled: 2, up: 1, problems: [{ slug: "waits" }] },
    tools: { total: 2, enabled: 2 },
    activeMembers: 2,
    members: 3,
    activeTokens: 1,
  });
  expect(view.lastCalls).toHaveLength(5);
  expect((await workspaceOverview(member)).lastCalls).toHaveLength(1);
});

test("audit pages go newest first", async () => {
  const ctx = await mintWorkspace(world);
  for (const name of ["b", "c"]) await renameWorkspace(ctx, { name });
  const first = await listAudit(ctx, { limit: 2 });
  const rest = await listAudit(ctx, { limit: 2, cursor: first.nextCursor ?? "" });
  expect([...first.events, ...rest.events].map((event) => event.after?.name)).toEqual(["c", "b", "Test"]);
  expect(rest.nextCursor).toBeNull();
});
