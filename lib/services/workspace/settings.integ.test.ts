import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calls } from "@/db/schema/calls";
import { workspaces } from "@/db/schema/workspaces";
import { sealPayload } from "@/lib/crypto/call-payload";
import { listAudit } from "@/lib/services/audit/list";
import { getCall } from "@/lib/services/call/get";
import { getCallPayload } from "@/lib/services/call/get-payload";
import { type WorkspaceCtx, workspaceCtx } from "@/lib/services/context";
import { currentDataKey } from "@/lib/services/secret/data-key";
import { createToken } from "@/lib/services/token/create";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintCalls, mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { changeSlug } from "./change-slug";
import { settingsEffects } from "./settings-effects";
import { getWorkspaceSettings, updateWorkspaceSettings } from "./update-settings";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db };
});
afterAll(() => database.close());

const DAY = 86_400_000;

/** A call with both payloads kept. */
async function keptCall(ctx: WorkspaceCtx, more: Partial<typeof calls.$inferInsert> = {}): Promise<string> {
  const { id: keyId, key } = await ctx.db.transaction((tx) => currentDataKey(tx, ctx));
  const [row] = await mintCalls(ctx, [more]);
  const callId = row?.id ?? "";
  const seal = (part: "arguments" | "result") =>
    sealPayload(key, JSON.stringify({ part }), { workspaceId: ctx.workspace.id, callId, part });
  const sealed = { argsSealed: await seal("arguments"), resultSealed: await seal("result") };
  await ctx.db
    .update(calls)
    .set({ ...sealed, argsKeyId: keyId, resultKeyId: keyId })
    .where(eq(calls.id, callId));
  return callId;
}
const versions = async (ctx: WorkspaceCtx) => {
  const [row] = await ctx.db.select().from(workspaces).where(eq(workspaces.id, ctx.workspace.id));
  return [row?.version ?? 0, row?.accessVersion ?? 0];
};
const lastEvent = async (ctx: WorkspaceCtx) => (await listAudit(ctx, { limit: 1 })).events[0];

describe("settings", () => {
  test("what is given is changed and recorded, the rest stays", async () => {
    const ctx = await mintWorkspace(world);
    const [before] = await versions(ctx);
    const saved = await updateWorkspaceSettings(ctx, {
      ipAllow: [" 192.0.2.9/24", "2001:DB8::1", "192.0.2.0/24"],
      redactFields: ["E-Mail", " e-mail "],
    });
    expect(saved).toMatchObject({
      ipAllow: ["192.0.2.0/24", "2001:db8::1"],
      redactFields: ["e-mail"],
      keepArgumentsDays: 0,
      retentionDays: 400,
    });
    expect((await versions(ctx))[0]).toBeGreaterThan(before ?? 0);
    expect(await lastEvent(ctx)).toMatchObject({
      action: "workspace.update",
      actorRole: "owner",
      before: { ipAllow: [], redactFields: [] },
      after: { ipAllow: ["192.0.2.0/24", "2001:db8::1"], redactFields: ["e-mail"] },
    });
    const event = await lastEvent(ctx);
    await updateWorkspaceSettings(ctx, { redactFields: ["e-mail"] });
    expect((await lastEvent(ctx))?.id, "nothing changed, nothing recorded").toBe(event?.id);
    const member = await mintMember(ctx, "member", world);
    expect(await getWorkspaceSettings(member)).toMatchObject({ ipAllow: null, redactFields: ["e-mail"] });
    await expect(updateWorkspaceSettings(member, { ipAllow: [] })).rejects.toMatchObject({ code: "forbidden" });
  });

  test.each([
    [{ ipAllow: ["192.0.2.1", "example.com"] }, "ipAllow.1"],
    [{ ipAllow: ["192.0.2.1:80"] }, "ipAllow.0"],
    [{ redactFields: ["ok", "--"] }, "redactFields.1"],
    [{ retentionDays: 29 }, "retentionDays"],
    [{ retentionDays: 3_651 }, "retentionDays"],
    [{ keepArgumentsDays: 31 }, "keepArgumentsDays"],
    [{ maxTokenDays: 0 }, "maxTokenDays"],
    [{ unknown: 1 }, "unknown"],
  ])("%j is refused at %s", async (input, field) => {
    const ctx = await mintWorkspace(world);
    await expect(updateWorkspaceSettings(ctx, input as never)).rejects.toMatchObject({ code: "invalid", field });
  });

  test("payloads that are not to be kept any more are deleted, and counted before", async () => {
    const ctx = await mintWorkspace(world);
    await updateWorkspaceSettings(ctx, { keepArgumentsDays: 7, keepResults: true });
    const call = await keptCall(ctx);
    await keptCall(ctx, { occurredAt: new Date(Date.now() - 50 * DAY) });
    expect(await settingsEffects(ctx, { retentionDays: 30 })).toMatchObject({
      keptArguments: 2,
      keptResults: 2,
      olderCalls: 1,
      members: 1,
      yourAddress: "192.0.2.1",
    });
    await updateWorkspaceSettings(ctx, { keepResults: false });
    expect((await getCall(ctx, { call })).kept).toEqual({ arguments: true, result: false });
    await updateWorkspaceSettings(ctx, { keepArgumentsDays: 0 });
    expect((await getCall(ctx, { call })).kept).toEqual({ arguments: false, result: false });
    expect(await settingsEffects(ctx)).toMatchObject({ keptArguments: 0, keptResults: 0, olderCalls: 0 });
  });

  test("bound the life of new tokens, and leave those that exist", async () => {
    const ctx = await mintWorkspace(world);
    const old = await createToken(ctx, { name: "Old" });
    await updateWorkspaceSettings(ctx, { maxTokenDays: 30 });
    expect(old.expiresAt).toBeNull();
    const bounded = await createToken(ctx, { name: "New" });
    expect(Date.parse(bounded.expiresAt ?? "") - Date.now()).toBeGreaterThan(29 * DAY);
    expect((await createToken(ctx, { name: "Short", expiresInDays: 7 })).expiresAt).not.toBeNull();
    await expect(createToken(ctx, { name: "Long", expiresInDays: 31 })).rejects.toMatchObject({
      code: "invalid",
      field: "expiresInDays",
    });
    await updateWorkspaceSettings(ctx, { maxTokenDays: null });
    expect((await createToken(ctx, { name: "Free" })).expiresAt).toBeNull();
  });
});

describe("the slug", () => {
  const fresh = () => `n-${crypto.randomUUID().slice(0, 8)}`;

  test("changes with a typed confirmation; the old one is free at once and answers like unknown", async () => {
    const ctx = await mintWorkspace(world);
    const old = ctx.workspace.slug;
    const slug = fresh();
    const before = await versions(ctx);
    await expect(changeSlug(ctx, { slug, confirm: slug })).rejects.toMatchObject({ field: "confirm" });
    const view = await changeSlug(ctx, { slug, confirm: old });
    expect(view.mcpUrl).toBe(`https://gateway.example/ws/${slug}/mcp`);
    const after = await versions(ctx);
    expect(after.every((version, i) => version > (before[i] ?? 0))).toBe(true);
    await expect(workspaceCtx(ctx, old)).rejects.toMatchObject({ code: "not_found" });
    const moved = await workspaceCtx(ctx, slug);
    expect(await lastEvent(moved)).toMatchObject({
      action: "workspace.update",
      before: { slug: old },
      after: { slug },
    });
    const other = await mintWorkspace(world);
    expect((await changeSlug(other, { slug: old, confirm: other.workspace.slug })).slug).toBe(old);
  });

  test("that is taken, reserved, malformed or the same is refused", async () => {
    const ctx = await mintWorkspace(world);
    const confirm = ctx.workspace.slug;
    const taken = (await mintWorkspace(world)).workspace.slug;
    await expect(changeSlug(ctx, { slug: taken, confirm })).rejects.toMatchObject({ code: "conflict", field: "slug" });
    for (const slug of ["api", "A", "a--b", confirm])
      await expect(changeSlug(ctx, { slug, confirm })).rejects.toMatchObject({ code: "invalid", field: "slug" });
    const member = await mintMember(ctx, "member", world);
    await expect(changeSlug(member, { slug: fresh(), confirm })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("asked for by two at once goes to one", async () => {
    const slug = fresh();
    const both = [await mintWorkspace(world), await mintWorkspace(world)];
    const settled = await Promise.allSettled(both.map((ctx) => changeSlug(ctx, { slug, confirm: ctx.workspace.slug })));
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(settled.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  });
});

describe("one call", () => {
  test("is seen by readers and by whoever made it, its payload by admins, and that is recorded", async () => {
    const ctx = await mintWorkspace(world);
    const call = await keptCall(ctx, { toolKind: "write", sourceIp: "192.0.2.5", secretsUsed: ["KEY"] });
    expect(await getCall(ctx, { call })).toMatchObject({
      id: call,
      toolKind: "write",
      sourceIp: "192.0.2.5",
      secretsUsed: ["KEY"],
      kept: { arguments: true, result: true },
    });
    expect(await getCallPayload(ctx, { call })).toMatchObject({
      arguments: { text: '{"part":"arguments"}', cut: false },
      result: { text: '{"part":"result"}', cut: false },
    });
    expect(await lastEvent(ctx)).toMatchObject({ action: "call.payload_read", targetId: call });

    const auditor = await mintMember(ctx, "auditor", world);
    expect(await getCall(auditor, { call })).toMatchObject({
      secretsUsed: null,
      kept: { arguments: false, result: false },
    });
    const member = await mintMember(ctx, "member", world);
    await expect(getCall(member, { call })).rejects.toMatchObject({ code: "not_found" });
    const [own] = await mintCalls(member, [{}]);
    expect((await getCall(member, { call: own?.id ?? "" })).id).toBe(own?.id);
    for (const other of [auditor, member])
      await expect(getCallPayload(other, { call: own?.id ?? "" })).rejects.toMatchObject({ code: "forbidden" });
    for (const nowhere of ["x", "a\u0000b", "call_000000000000000000000000"])
      await expect(getCall(ctx, { call: nowhere })).rejects.toMatchObject({ code: "not_found" });
  });

  test("opens for its own row only", async () => {
    const ctx = await mintWorkspace(world);
    const [a, b] = [await keptCall(ctx), await keptCall(ctx)];
    const [row] = await ctx.db.select().from(calls).where(eq(calls.id, a));
    // The arguments of one call, moved to another and to the other part.
    await ctx.db
      .update(calls)
      .set({ argsSealed: row?.argsSealed, resultSealed: row?.argsSealed })
      .where(eq(calls.id, b));
    expect(await getCallPayload(ctx, { call: b })).toEqual({ arguments: null, result: null });
  });
});
