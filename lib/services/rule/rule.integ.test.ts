import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calls } from "@/db/schema/calls";
import { sealPayload } from "@/lib/crypto/call-payload";
import type { WorkspaceCtx } from "@/lib/services/context";
import { currentDataKey } from "@/lib/services/secret/data-key";
import { addServer } from "@/lib/services/server/add";
import { getWorkspaceSettings, updateWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintCalls, mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";
import { createRule } from "./create";
import { deleteRule } from "./delete";
import { listRules } from "./list";
import type { ConditionInput } from "./schemas";
import { testRule } from "./try";
import { updateRule } from "./update";

let database: TestDatabase;
let world: World;
let shared: WorkspaceCtx;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db, transport: guardedUpstream([toolText("pay")]).transport };
  shared = await withServer();
});
afterAll(() => database.close());

async function withServer(): Promise<WorkspaceCtx & { serverId: string }> {
  const ctx = await mintWorkspace(world);
  const { server } = await addServer(ctx, { slug: "bank", url: "https://bank.example.com/mcp" });
  return { ...ctx, serverId: server.id };
}
const atMost100: ConditionInput[] = [{ path: ["amount"], operator: "lte", value: 100 }];

test("a rule is made, read in words, narrowed to a role, then to a member, and deleted", async () => {
  const ctx = await withServer();
  const member = await mintMember(ctx, "member", world);
  const made = await createRule(ctx, { server: "bank", tool: "pay", conditions: atMost100 });
  expect(made).toMatchObject({ server: { slug: "bank" }, tool: "pay", member: null, role: null });
  expect(made.sentences).toEqual(["`amount` must be at most 100"]);
  expect(await updateRule(ctx, { rule: made.id, role: "member" })).toMatchObject({ role: "member", member: null });
  const narrowed = await updateRule(ctx, { rule: made.id, memberId: member.memberId });
  expect(narrowed).toMatchObject({ role: null, member: { id: member.memberId } });
  expect(await updateRule(ctx, { rule: made.id, conditions: atMost100 })).toMatchObject({
    member: { id: member.memberId },
  });
  expect(await updateRule(ctx, { rule: made.id, memberId: null })).toMatchObject({ role: null, member: null });
  expect(await listRules(ctx, { server: "bank", tool: "pay" })).toHaveLength(1);
  expect(await listRules(ctx, { tool: "other" })).toEqual([]);
  expect(await deleteRule(ctx, { rule: made.id })).toEqual({ id: made.id, deleted: true });
  expect(await listRules(ctx)).toEqual([]);
  for (const verb of [() => listRules(member), () => deleteRule(member, { rule: made.id })])
    await expect(verb()).rejects.toMatchObject({ code: "forbidden" });
});

/** Calls of the bank with these kept arguments, oldest first. */
async function keep(
  ctx: WorkspaceCtx & { serverId: string },
  sent: unknown[],
  more: Partial<typeof calls.$inferInsert> = {},
) {
  const { id: argsKeyId, key } = await ctx.db.transaction((tx) => currentDataKey(tx, ctx));
  for (const args of sent) {
    const [call] = await mintCalls(ctx, [{ serverId: ctx.serverId, server: "bank", tool: "pay", ...more }]);
    if (!call) continue;
    const argsSealed = await sealPayload(key, JSON.stringify(args), {
      workspaceId: ctx.workspace.id,
      callId: call.id,
      part: "arguments",
    });
    await ctx.db.update(calls).set({ argsSealed, argsKeyId }).where(eq(calls.id, call.id));
  }
}

test("a draft is tried on past calls and on typed arguments, in the words that a caller gets", async () => {
  const ctx = await withServer();
  await updateWorkspaceSettings(ctx, { keepArgumentsDays: 7 });
  await keep(ctx, [{ amount: 50 }, { amount: 250 }]);
  await keep(ctx, [{ amount: 900 }], { actorRole: "admin", memberId: "mem_gone" });
  const draft = { server: "bank", tool: "pay", role: "owner" as const, conditions: atMost100 };
  const view = await testRule(ctx, { ...draft, arguments: '{"amount": 101}' });
  expect(view.keepArgumentsDays).toBe(7);
  expect(view.typed).toMatchObject({ allowed: false, message: expect.stringMatching(/amount.*100.*101/) });
  expect(view.calls).toMatchObject([
    { arguments: '{"amount":900}', concerned: false, allowed: true, message: null },
    { arguments: '{"amount":250}', concerned: true, allowed: false, message: expect.stringContaining("250") },
    { arguments: '{"amount":50}', concerned: true, allowed: true },
  ]);
  await expect(testRule(ctx, { ...draft, arguments: "[1]" })).rejects.toMatchObject({ field: "arguments" });
  const admin = await mintMember(ctx, "auditor", world);
  await expect(testRule(admin, draft)).rejects.toMatchObject({ code: "forbidden" });
});

test("arguments sealed for another call do not open, and 0 days deletes what is kept", async () => {
  const ctx = await withServer();
  await updateWorkspaceSettings(ctx, { keepArgumentsDays: 1 });
  await keep(ctx, [{ amount: 1 }, { amount: 2 }]);
  const rows = await ctx.db.select().from(calls).where(eq(calls.workspaceId, ctx.workspace.id));
  await ctx.db
    .update(calls)
    .set({ argsSealed: rows[0]?.argsSealed })
    .where(eq(calls.id, rows[1]?.id ?? ""));
  expect((await testRule(ctx, { server: "bank", tool: "pay", conditions: atMost100 })).calls).toHaveLength(1);
  const other = await withServer();
  await updateWorkspaceSettings(other, { keepArgumentsDays: 1 });
  await keep(other, [{ amount: 3 }]);
  await updateWorkspaceSettings(ctx, { keepArgumentsDays: 0 });
  const left = async ({ workspace }: WorkspaceCtx) =>
    (await ctx.db.select().from(calls).where(eq(calls.workspaceId, workspace.id))).filter((row) => row.argsSealed);
  expect(await left(ctx)).toEqual([]);
  expect(await left(other)).toHaveLength(1);
  const member = await mintMember(ctx, "member", world);
  expect(await getWorkspaceSettings(member)).toMatchObject({ keepArgumentsDays: 0 });
  await expect(updateWorkspaceSettings(member, { keepArgumentsDays: 1 })).rejects.toMatchObject({ code: "forbidden" });
});

const condition = (fields: object) => ({ server: "bank", tool: "pay", conditions: [{ path: ["a"], ...fields }] });
test.each([
  [condition({ operator: "lte", value: "100" }), "conditions.0.value"],
  [condition({ operator: "in", value: [] }), "conditions.0.value"],
  [condition({ operator: "in", value: "x" }), "conditions.0.value"],
  [condition({ operator: "absent", value: "x" }), "conditions.0.value"],
  [condition({ operator: "starts_with", value: "" }), "conditions.0.value"],
  [condition({ operator: "starts_with", value: "a\u0000" }), "conditions.0.value"],
  [condition({ operator: "matches", value: ".*" }), "conditions.0.operator"],
  [{ ...condition({ operator: "absent" }), conditions: [] }, "conditions"],
  [{ ...condition({ operator: "absent" }), memberId: "mem_1", role: "member" }, "role"],
  [{ ...condition({ operator: "absent" }), allow: true }, "allow"],
])("%j is refused by field %s", async (input, field) => {
  await expect(createRule(shared, input as Parameters<typeof createRule>[1])).rejects.toMatchObject({
    code: "invalid",
    field,
  });
});

test("a tool or server that is not there is not found", async () => {
  for (const [server, tool] of [
    ["bank", "other"],
    ["other", "pay"],
    ["bank", "\u0000"],
  ] as const)
    await expect(createRule(shared, { server, tool, conditions: atMost100 })).rejects.toMatchObject({
      code: "not_found",
    });
});
