import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import { members } from "@/db/schema/members";
import { tokens } from "@/db/schema/tokens";
import { workspaces } from "@/db/schema/workspaces";
import { hashToken, isWellFormed } from "@/lib/crypto/token";
import type { WorkspaceCtx } from "@/lib/services/context";
import { listMembers } from "@/lib/services/member/list";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { createToken } from "./create";
import { listTokens } from "./list";
import { revokeToken } from "./revoke";
import { revokeAllTokens } from "./revoke-all";

let database: TestDatabase;
let world: World;
/** For what never gets as far as the database. */
let shared: WorkspaceCtx;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db };
  shared = await mintWorkspace(world);
});
afterAll(() => database.close());

test("a token is shown once, with what a client needs; the database has its hash only", async () => {
  const ctx = await mintWorkspace(world);
  const made = await createToken(ctx, { name: "Alice Chen" });
  expect(isWellFormed(made.token, "mwt")).toBe(true);
  expect(made.mcp_json).toEqual({
    mcpServers: {
      [ctx.workspace.slug]: {
        type: "http",
        url: `https://gateway.example/ws/${ctx.workspace.slug}/sse`,
        headers: { Authorization: `Bearer ${made.token}` },
      },
    },
  });
  const [row] = await ctx.db.select().from(tokens).where(eq(tokens.id, made.id));
  expect(row?.hash).toBe(await hashToken(made.token));
  const seen = [
    row,
    await listTokens(ctx),
    await ctx.db.select().from(auditEvents).where(eq(auditEvents.workspaceId, ctx.workspace.id)),
  ];
  expect(JSON.stringify(seen)).not.toContain(made.token);
  expect(JSON.stringify([seen[1], seen[2]])).not.toContain(row?.hash);
  expect((await listTokens(ctx))[0]).toMatchObject({ id: made.id, prefix: made.token.slice(0, 8), status: "active" });
});

test("one name is one member, in any case and at once", async () => {
  const ctx = await mintWorkspace(world);
  const made = await Promise.all(
    ["Alice Chen", "alice chen", " Alice  Chen "].map((name) => createToken(ctx, { name })),
  );
  expect(new Set(made.map((token) => token.member.id)).size).toBe(1);
  const people = (await listMembers(ctx)).filter((member) => member.role === "member");
  expect(people).toMatchObject([{ name: expect.stringMatching(/alice chen/i), canSignIn: false, activeTokens: 3 }]);
});

test("a name that several members have is not guessed at", async () => {
  const ctx = await mintWorkspace(world);
  const [a] = [await mintMember(ctx, "member", world), await mintMember(ctx, "member", world)];
  await ctx.db
    .update(members)
    .set({ name: "Sam" })
    .where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.role, "member")));
  await expect(createToken(ctx, { name: "sam" })).rejects.toMatchObject({ code: "conflict", field: "memberId" });
  expect(await createToken(ctx, { name: "Laptop", memberId: a.memberId })).toMatchObject({
    name: "Laptop",
    member: { name: "Sam" },
  });
});

test("a plain member mints for itself only, sees and revokes its own only", async () => {
  const owner = await mintWorkspace(world);
  const member = await mintMember(owner, "member", world);
  const foreign = await createToken(owner, { name: "Alice Chen" });
  const own = await createToken(member, { name: "Alice Chen" });
  expect(own.member.id).toBe(member.memberId);
  await expect(createToken(member, { name: "x", memberId: owner.memberId })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await listTokens(member)).map((token) => token.id)).toEqual([own.id]);
  await expect(revokeToken(member, { token: foreign.id })).rejects.toMatchObject({ code: "not_found" });
  expect(await revokeToken(member, { token: own.id })).toMatchObject({ status: "revoked" });
});

test("revoking twice keeps the first time and one audit row", async () => {
  const ctx = await mintWorkspace(world);
  const { id } = await createToken(ctx, { name: "Bob" });
  const first = await revokeToken(ctx, { token: id });
  expect(await revokeToken(ctx, { token: id })).toEqual(first);
  const rows = await ctx.db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.targetId, id), eq(auditEvents.action, "token.revoke")));
  expect(rows).toHaveLength(1);
});

test("every change of a token is one that the gateway notices", async () => {
  const ctx = await mintWorkspace(world);
  const version = async () =>
    (await ctx.db.select().from(workspaces).where(eq(workspaces.id, ctx.workspace.id)))[0]?.accessVersion ?? 0;
  const start = await version();
  const { id, member } = await createToken(ctx, { name: "Bob" });
  await revokeToken(ctx, { token: id });
  await createToken(ctx, { name: "Bob" });
  await revokeAllTokens(ctx, { member: member.id });
  expect(await version()).toBe(start + 4);
});

test("all tokens of one member end at once, nobody else's; members do it for themselves only", async () => {
  const ctx = await mintWorkspace(world);
  const member = await mintMember(ctx, "member", world);
  await createToken(member, { name: "Laptop" });
  await createToken(member, { name: "Desktop" });
  const other = await createToken(ctx, { name: "Bob" });
  await expect(revokeAllTokens(member, { member: other.member.id })).rejects.toMatchObject({ code: "forbidden" });
  expect(await revokeAllTokens(member, { member: member.memberId })).toMatchObject({ revoked: 2 });
  expect(await revokeAllTokens(ctx, { member: member.memberId })).toMatchObject({ revoked: 0 });
  const states = async (id: string) => (await listTokens(ctx, { member: id })).map((token) => token.status);
  expect(await states(member.memberId)).toEqual(["revoked", "revoked"]);
  expect(await states(other.member.id)).toEqual(["active"]);
  const rows = await ctx.db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.targetId, member.memberId), eq(auditEvents.action, "token.revoke_all")));
  expect(rows).toHaveLength(1);
});

test("auditors have no tokens: none of their own, none by an admin", async () => {
  const ctx = await mintWorkspace(world);
  const auditor = await mintMember(ctx, "auditor", world);
  await expect(createToken(auditor, { name: "x" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(createToken(ctx, { name: "x", memberId: auditor.memberId })).rejects.toMatchObject({ code: "conflict" });
  expect(await listTokens(auditor)).toEqual([]);
});

test("a lifetime ends", async () => {
  const ctx = await mintWorkspace(world);
  const { id } = await createToken(ctx, { name: "Bob", expiresInDays: 1 });
  const later = { ...ctx, now: () => new Date(Date.now() + 86_400_001) };
  expect((await listTokens(ctx)).find((token) => token.id === id)?.status).toBe("active");
  expect((await listTokens(later)).find((token) => token.id === id)?.status).toBe("expired");
});

test.each([
  [{ name: "" }, "name"],
  [{ name: "a\u0000b" }, "name"],
  [{ name: "\u202eecila" }, "name"],
  [{ name: "x".repeat(81) }, "name"],
  [{ name: "x", expiresInDays: 0 }, "expiresInDays"],
  [{ name: "x", role: "owner" }, "role"],
])("%j is refused by field %s", async (input, field) => {
  await expect(createToken(shared, input)).rejects.toMatchObject({ code: "invalid", field });
});
