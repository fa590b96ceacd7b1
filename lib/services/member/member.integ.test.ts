import { and, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import { members } from "@/db/schema/members";
import { oauthGrants } from "@/db/schema/oauth-grants";
import { tokens } from "@/db/schema/tokens";
import { workspaces } from "@/db/schema/workspaces";
import { verifyAudit } from "@/lib/services/audit/verify";
import { type WorkspaceCtx, workspaceCtx } from "@/lib/services/context";
import { createRule } from "@/lib/services/rule/create";
import { addServer } from "@/lib/services/server/add";
import { createToken } from "@/lib/services/token/create";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";
import { addServiceMember } from "./add-service";
import { changeMemberRole } from "./change-role";
import { getMember } from "./get";
import { listMembers } from "./list";
import { previewMemberRemoval, removeMember } from "./remove";
import { setMemberScope } from "./set-scope";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db, transport: guardedUpstream([toolText("echo"), toolText("add")]).transport };
});
afterAll(() => database.close());

const actions = async (ctx: WorkspaceCtx) =>
  (await ctx.db.select().from(auditEvents).where(eq(auditEvents.workspaceId, ctx.workspace.id))).map(
    (row) => row.action,
  );
const accessVersion = async (ctx: WorkspaceCtx) =>
  (await ctx.db.select().from(workspaces).where(eq(workspaces.id, ctx.workspace.id)))[0]?.accessVersion ?? 0;

test("a machine is a member that has tokens and no way to sign in", async () => {
  const ctx = await mintWorkspace(world);
  const bot = await addServiceMember(ctx, { name: "CI" });
  expect(bot).toMatchObject({ kind: "service", role: "member", canSignIn: false, activeTokens: 0 });
  await expect(addServiceMember(ctx, { name: "ci" })).rejects.toMatchObject({ code: "conflict", field: "name" });
  const made = await createToken(ctx, { name: "deploy key", memberId: bot.id });
  expect(made.member).toEqual({ id: bot.id, name: "CI", kind: "service" });
  expect(await createToken(ctx, { name: "Nightly", kind: "service" })).toMatchObject({ member: { kind: "service" } });
  expect(await getMember(ctx, { member: bot.id })).toMatchObject({ activeTokens: 1 });
  await expect(changeMemberRole(ctx, { member: bot.id, role: "auditor" })).rejects.toMatchObject({ code: "conflict" });
});

describe("roles", () => {
  test("admins manage members and auditors, owners manage everyone, others nobody", async () => {
    const owner = await mintWorkspace(world);
    const admin = await mintMember(owner, "admin", world);
    const member = await mintMember(owner, "member", world);
    const before = await accessVersion(owner);
    expect(await changeMemberRole(admin, { member: member.memberId, role: "auditor" })).toMatchObject({
      role: "auditor",
    });
    expect(await accessVersion(owner)).toBe(before + 1);
    for (const [target, role] of [
      [member.memberId, "admin"],
      [member.memberId, "owner"],
      [owner.memberId, "member"],
      [admin.memberId, "owner"],
    ] as const)
      await expect(changeMemberRole(admin, { member: target, role })).rejects.toMatchObject({ code: "forbidden" });
    const auditor = await workspaceCtx(member, owner.workspace.slug);
    for (const verb of [changeMemberRole, removeMember] as const)
      await expect(verb(auditor, { member: auditor.memberId, role: "member" })).rejects.toMatchObject({
        code: expect.stringMatching(/forbidden|invalid/),
      });
    expect(await changeMemberRole(owner, { member: member.memberId, role: "admin" })).toMatchObject({ role: "admin" });
    expect((await actions(owner)).filter((action) => action === "member.role_change")).toHaveLength(2);
  });

  test("whoever just lost a role cannot use it any more, even when their request began before", async () => {
    const owner = await mintWorkspace(world);
    const admin = await mintMember(owner, "admin", world);
    const member = await mintMember(owner, "member", world);
    await changeMemberRole(owner, { member: admin.memberId, role: "member" });
    await expect(removeMember(admin, { member: member.memberId })).rejects.toMatchObject({ code: "forbidden" });
    await removeMember(owner, { member: admin.memberId });
    await expect(removeMember(admin, { member: member.memberId })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("somebody known by name alone gets a role by being invited", async () => {
    const ctx = await mintWorkspace(world);
    const { member } = await createToken(ctx, { name: "Alice Chen" });
    await expect(changeMemberRole(ctx, { member: member.id, role: "owner" })).rejects.toMatchObject({
      code: "conflict",
      field: "role",
    });
  });
});

test("whatever owners do to each other at once, one owner is left", async () => {
  const ctx = await mintWorkspace(world);
  const others = [await mintMember(ctx, "owner", world), await mintMember(ctx, "owner", world)];
  const owners = [ctx, ...others];
  const step = fc.record({
    actor: fc.nat(2),
    target: fc.nat(2),
    how: fc.constantFrom("member", "auditor", "admin"),
  });
  const slug = ctx.workspace.slug;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
      await ctx.db.update(members).set({ role: "owner" }).where(eq(members.workspaceId, ctx.workspace.id));
      const seen = await Promise.all(owners.map((owner) => workspaceCtx(owner, slug)));
      await Promise.allSettled(
        steps.map(({ actor, target, how }) =>
          changeMemberRole(seen[actor] ?? ctx, { member: owners[target]?.memberId ?? "", role: how as "member" }),
        ),
      );
      const left = await ctx.db
        .select()
        .from(members)
        .where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.role, "owner")));
      expect(left.length).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 15 },
  );
  expect(await verifyAudit({ ...ctx, role: "owner" })).toMatchObject({ ok: true });
});

test("the last owner can neither be demoted nor removed, by whomever", async () => {
  const ctx = await mintWorkspace(world);
  for (const attempt of [
    () => changeMemberRole(ctx, { member: ctx.memberId, role: "admin" }),
    () => removeMember(ctx, { member: ctx.memberId }),
    () => previewMemberRemoval(ctx, { member: ctx.memberId }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("last owner") });
});

describe("tool scope", () => {
  test("is stored by server id, for servers and tools that there are", async () => {
    const ctx = await mintWorkspace(world);
    const { server } = await addServer(ctx, { slug: "up", url: "https://up.example.com/mcp" });
    const { memberId: member } = await mintMember(ctx, "member", world);
    const set = await setMemberScope(ctx, { member, scope: { servers: { up: ["echo", "echo"] } } });
    expect(set.toolScope).toEqual({ readOnly: false, servers: { [server.id]: ["echo"] } });
    expect(
      await setMemberScope(ctx, { member, scope: { servers: { [server.id]: null }, readOnly: true } }),
    ).toMatchObject({ toolScope: { readOnly: true, servers: { [server.id]: null } } });
    await expect(setMemberScope(ctx, { member, scope: { servers: { up: ["nope"] } } })).rejects.toMatchObject({
      code: "invalid",
      field: "scope.servers",
    });
    await expect(setMemberScope(ctx, { member, scope: { servers: { other: null } } })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      setMemberScope(ctx, { member, scope: { servers: JSON.parse('{"__proto__": null}') } }),
    ).resolves.toMatchObject({ toolScope: { servers: {} } });
    expect(await setMemberScope(ctx, { member, scope: null })).toMatchObject({ toolScope: null });
  });

  test("an admin cannot shed their own", async () => {
    const owner = await mintWorkspace(world);
    const admin = await mintMember(owner, "admin", world);
    await setMemberScope(owner, { member: admin.memberId, scope: { readOnly: true } });
    await expect(setMemberScope(admin, { member: admin.memberId, scope: null })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

test("removing a member says what ends, ends it, and leaves the rest", async () => {
  const ctx = await mintWorkspace(world);
  await addServer(ctx, {
    slug: "up",
    url: "https://up.example.com/mcp",
    headers: [{ name: "X-Key", template: "{{KEY}}" }],
    secrets: { KEY: "shared-value" },
  });
  const member = await mintMember(ctx, "member", world);
  await createToken(member, { name: "Laptop" });
  await createRule(ctx, {
    server: "up",
    tool: "echo",
    memberId: member.memberId,
    conditions: [{ path: ["text"], operator: "in", value: ["a"] }],
  });
  const workspaceId = ctx.workspace.id;
  await ctx.db.insert(oauthGrants).values({
    id: `g-${member.memberId}`,
    workspaceId,
    memberId: member.memberId,
    clientId: "c",
    clientName: "Client",
    redirectHost: "client.example",
  });
  expect(await getMember(member, { member: member.memberId })).toMatchObject({ activeTokens: 1, activeGrants: 1 });
  const ends = {
    id: member.memberId,
    tokensRevoked: 1,
    grantsRevoked: 1,
    ownSecretsDeleted: 0,
    rulesDeleted: 1,
    streamsClosing: true,
    sharedSecretsUntouched: 1,
  };
  expect(await previewMemberRemoval(ctx, { member: member.memberId })).toMatchObject({ ...ends, removed: false });
  const before = await accessVersion(ctx);
  expect(await removeMember(ctx, { member: member.memberId })).toMatchObject({ ...ends, removed: true });
  expect(await accessVersion(ctx)).toBeGreaterThan(before);
  expect(await ctx.db.select().from(tokens).where(eq(tokens.memberId, member.memberId))).toEqual([]);
  expect(await ctx.db.select().from(oauthGrants).where(eq(oauthGrants.memberId, member.memberId))).toEqual([]);
  await expect(workspaceCtx(member, ctx.workspace.slug)).rejects.toMatchObject({ code: "not_found" });
  await expect(removeMember(ctx, { member: member.memberId })).rejects.toMatchObject({ code: "not_found" });
  expect((await listMembers(ctx)).map(({ id }) => id)).toEqual([ctx.memberId]);
});
