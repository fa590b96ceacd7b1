import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDirectory } from "@/db/gateway-store";
import { formerNames } from "@/db/schema/former-names";
import { listAudit } from "@/lib/services/audit/list";
import type { WorkspaceCtx } from "@/lib/services/context";
import { addServer } from "@/lib/services/server/add";
import { refreshTools } from "@/lib/services/server/refresh-tools";
import { contextUse } from "@/lib/services/workspace/context-use";
import { getWorkspaceSettings, updateWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";
import { editTool } from "./edit";
import { listAllTools } from "./list-all";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const LONG = "a_tool_whose_name_alone_has_more_than_45_chars";
const DAY = 86_400_000;

async function scene(names = ["create", "list", LONG]) {
  const upstream = guardedUpstream(names.map((name) => toolText(name, `Says ${name}`)));
  const world: World = { db: database.db, transport: upstream.transport };
  const ctx = await mintWorkspace(world);
  await addServer(ctx, { slug: "git", url: "https://mcp.example.com/mcp" });
  return { ctx, upstream, world };
}
const edit = (ctx: WorkspaceCtx, tool: string, more: { alias?: string | null; description?: string | null }) =>
  editTool(ctx, { server: "git", tool, ...more });
const later = (ctx: WorkspaceCtx, days: number): WorkspaceCtx => ({
  ...ctx,
  now: () => new Date(Date.now() + days * DAY),
});
const events = async (ctx: WorkspaceCtx) =>
  (await listAudit(ctx, { action: "tool" })).events.map(({ action, before, after }) => ({ action, before, after }));
const snapshotOf = (ctx: WorkspaceCtx) =>
  createDirectory(database.query, { allowPrivate: [] }).readWorkspace(ctx.workspace.id);

describe("a rename", () => {
  test("holds for clients and pages, keeps the old name for 30 days, and is recorded", async () => {
    const { ctx } = await scene();
    const saved = await edit(ctx, "create", { alias: "new_issue" });
    expect(saved).toMatchObject({ qualifiedName: "git__new_issue", alias: "new_issue", name: "create" });
    expect(saved.formerNames).toMatchObject([{ name: "git__create" }]);
    expect((await listAllTools(ctx)).map(({ qualifiedName }) => qualifiedName)).toContain("git__new_issue");
    const snapshot = await snapshotOf(ctx);
    expect(snapshot?.servers[0]?.tools.find(({ name }) => name === "create")).toMatchObject({ alias: "new_issue" });
    expect(snapshot?.formerNames).toMatchObject([{ name: "git__create", tool: "create" }]);
    expect(await events(ctx)).toMatchObject([
      {
        action: "tool.rename",
        before: { name: "git__create" },
        after: { name: "git__new_issue", oldNameUntil: expect.any(String) },
      },
    ]);
    const month = await listAllTools(later(ctx, 31));
    expect(month.flatMap((tool) => tool.formerNames)).toEqual([]);
  });

  test("given back, the own name is current again and the alias is the former one", async () => {
    const { ctx } = await scene();
    await edit(ctx, "create", { alias: "one" });
    await edit(ctx, "create", { alias: "two" });
    const back = await edit(ctx, "create", { alias: null });
    expect(back).toMatchObject({ qualifiedName: "git__create", alias: null });
    expect(back.formerNames.map(({ name }) => name).sort()).toEqual(["git__one", "git__two"]);
    expect(await edit(ctx, "create", { alias: "create" })).toMatchObject({ alias: null });
  });

  test("to a name that is taken, or still answers for another tool, is refused by field", async () => {
    const { ctx } = await scene();
    const refused = { code: "conflict", options: { field: "alias" } };
    await expect(edit(ctx, "create", { alias: "list" })).rejects.toMatchObject(refused);
    await edit(ctx, "list", { alias: "all" });
    await expect(edit(ctx, "create", { alias: "list" })).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining("until"),
    });
    await expect(edit(ctx, "create", { alias: "all" })).rejects.toMatchObject(refused);
    expect(await edit(later(ctx, 31), "create", { alias: "list" })).toMatchObject({ qualifiedName: "git__list" });
  });

  test.each(["", " ", "a b", "ä", "_a", "a".repeat(60), "a.b"])("to %j is refused", async (alias) => {
    const { ctx } = await scene(["create"]);
    await expect(edit(ctx, "create", { alias })).rejects.toMatchObject({
      code: "invalid",
      options: { field: "alias" },
    });
  });

  test("survives tests of the server and the tool's absence, and is for admins only", async () => {
    const { ctx, upstream, world } = await scene();
    await edit(ctx, "create", { alias: "make", description: "Ours" });
    upstream.tools = [toolText("create", "Other words"), toolText("list")];
    await refreshTools(ctx, { server: "git" });
    expect((await listAllTools(ctx)).find(({ name }) => name === "create")).toMatchObject({
      qualifiedName: "git__make",
      description: "Ours",
      ownDescription: "Other words",
    });
    upstream.tools = [toolText("list")];
    await refreshTools(ctx, { server: "git" });
    expect((await listAllTools(ctx)).find(({ name }) => name === "create")).toMatchObject({
      listed: false,
      review: "reviewed",
    });
    expect(await contextUse(ctx)).toMatchObject({ tools: 1 });
    upstream.tools = [toolText("create", "Other words"), toolText("list")];
    const { changes } = await refreshTools(ctx, { server: "git" });
    expect(changes).toMatchObject({ added: ["create"], changed: [] });
    expect((await listAllTools(ctx)).find(({ name }) => name === "create")).toMatchObject({
      alias: "make",
      listed: true,
    });
    const member = await mintMember(ctx, "member", world);
    await expect(edit(member, "create", { alias: "x" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(edit(ctx, "nothing", { alias: "x" })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("what the gateway sees go and come back keeps its name too", async () => {
  const { ctx } = await scene();
  const directory = createDirectory(database.query, { allowPrivate: [] });
  await edit(ctx, "create", { alias: "make" });
  const read = async () => {
    const snapshot = await directory.readWorkspace(ctx.workspace.id);
    return { version: snapshot?.version ?? 0, ...snapshot?.servers[0] };
  };
  const before = await read();
  const save = (names: string[]) =>
    directory.saveTools(
      ctx.workspace.id,
      before.id ?? "",
      names.map((name) => ({ name, definition: JSON.stringify(toolText(name)) })),
    );
  await save(["list"]);
  const gone = await read();
  expect(gone.tools?.map(({ name, definition }) => [name, definition.length > 2])).toEqual([
    ["create", false],
    ["list", true],
  ]);
  expect(gone.version).toBe(before.version + 1);
  await save(["list"]);
  expect((await read()).version).toBe(gone.version);
  await save(["list", "create"]);
  expect((await read()).tools?.find(({ name }) => name === "create")).toMatchObject({ alias: "make" });
  expect((await read()).version).toBe(gone.version + 1);
});

test("a description of an admin's stands for the server's, costs what it is long, and empty gives it back", async () => {
  const { ctx } = await scene();
  const [before] = await listAllTools(ctx);
  const long = await edit(ctx, before?.name ?? "", { description: `  ${"Words. ".repeat(100)}` });
  expect(long.description).toMatch(/^Words\./);
  expect(long.cost).toBeGreaterThan((before?.cost ?? 0) + 150);
  expect(await edit(ctx, before?.name ?? "", { description: " " })).toMatchObject({
    cost: before?.cost,
    ownDescription: null,
  });
  await expect(edit(ctx, "create", { description: "a\u202eb" })).rejects.toMatchObject({ code: "invalid" });
  expect((await events(ctx)).map(({ action }) => action)).toEqual(["tool.describe", "tool.describe"]);
});

test("another length of names renames what was too long, and the old names answer", async () => {
  const { ctx } = await scene();
  const names = async () => (await listAllTools(ctx)).map(({ qualifiedName }) => qualifiedName);
  const [short] = await names();
  expect(short).toHaveLength(45);
  expect(await contextUse(ctx)).toMatchObject({ tools: 3, longNames: [{ length: `git__${LONG}`.length, tools: 1 }] });
  await updateWorkspaceSettings(ctx, { nameLength: 60 });
  expect((await names())[0]).toBe(`git__${LONG}`);
  expect(await snapshotOf(ctx)).toMatchObject({ nameLength: 60, formerNames: [{ name: short, tool: LONG }] });
  await updateWorkspaceSettings(ctx, { nameLength: 45 });
  const kept = await database.db.select().from(formerNames).where(eq(formerNames.workspaceId, ctx.workspace.id));
  expect(kept.map(({ name }) => name)).toEqual([`git__${LONG}`]);
  for (const nameLength of [44, 65, 50.5])
    await expect(updateWorkspaceSettings(ctx, { nameLength })).rejects.toMatchObject({
      code: "invalid",
      options: { field: "nameLength" },
    });
});

test("search mode and the bound of results reach the gateway, which then has a key to keep results with", async () => {
  const { ctx } = await scene();
  expect(await getWorkspaceSettings(ctx)).toMatchObject({ searchMode: false, resultCap: null, nameLength: 45 });
  expect((await snapshotOf(ctx))?.dataKeys).toEqual([]);
  await updateWorkspaceSettings(ctx, { searchMode: true, resultCap: 20_000 });
  expect(await snapshotOf(ctx)).toMatchObject({ searchMode: true, resultCap: 20_000, dataKeys: [{}] });
  await updateWorkspaceSettings(ctx, { searchMode: false, resultCap: null });
  expect(await snapshotOf(ctx)).toMatchObject({ searchMode: false, resultCap: null });
  await expect(updateWorkspaceSettings(ctx, { resultCap: 10 })).rejects.toMatchObject({ code: "invalid" });
});
