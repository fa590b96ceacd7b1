import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkspaceCtx } from "@/lib/services/context";
import { requirePermission } from "@/lib/services/context";
import { recordFailedSignIn } from "@/lib/services/session/record-failure";
import { updateProfile } from "@/lib/services/user/update-profile";
import { renameWorkspace } from "@/lib/services/workspace/rename";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { auditFacets } from "./facets";
import { getAudit } from "./get";
import { listAudit } from "./list";
import { notingRefusals } from "./record-refusal";
import { verifyAudit } from "./verify";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db };
});
afterAll(() => database.close());

const later = <T extends WorkspaceCtx>(ctx: T, ms: number): T => ({
  ...ctx,
  now: () => new Date(Date.now() + ms),
});

test("what a role may not do is noted with its reason, once a minute for a person and what they tried", async () => {
  const owner = await mintWorkspace(world);
  const member = await mintMember(owner, "member", world);
  const attempt = (ctx: WorkspaceCtx) =>
    notingRefusals(ctx, async () => requirePermission(ctx, "workspace.update")).catch(({ code }) => code);
  for (let i = 0; i < 5; i++) expect(await attempt(member)).toBe("forbidden");
  await attempt(later(member, 61_000));
  await notingRefusals(member, () => Promise.reject(new Error("something else"))).catch(() => undefined);
  const { events } = await listAudit(owner, { action: "access.denied" });
  expect(events).toMatchObject([
    { actorEmail: member.actor.email, actorRole: "member", after: { triedBefore: 4 } },
    { actorRole: "member", after: { reason: expect.stringContaining("rename the workspace") } },
  ]);
  expect(await verifyAudit(owner)).toMatchObject({ ok: true, next: null });
});

test("a wrong password is noted where the account is a member, once a minute; for nobody's address not at all", async () => {
  const owner = await mintWorkspace(world);
  const member = await mintMember(owner, "member", world);
  const visitor = { ...owner, actor: { ...owner.actor, type: "system" as const, userId: null, id: null, email: null } };
  const { workspace, role, memberId, ...anonymous } = visitor;
  for (let i = 0; i < 3; i++) await recordFailedSignIn(anonymous, ` ${member.actor.email?.toUpperCase()}`);
  await recordFailedSignIn(anonymous, "my password by mistake");
  await recordFailedSignIn(anonymous, "nobody@example.com");
  const { events } = await listAudit(owner, { action: "session.failed" });
  expect(events).toMatchObject([{ targetName: member.actor.email, actorRole: null, sourceIp: "192.0.2.1" }]);
});

test("one event is read by its id, facets count what there is, and a chain is followed in steps", async () => {
  const ctx = await mintWorkspace(world);
  for (const name of ["A", "B", "C"]) await renameWorkspace(ctx, { name });
  const [newest] = (await listAudit(ctx)).events;
  expect(await getAudit(ctx, { event: newest?.id ?? "" })).toEqual(newest);
  expect((await auditFacets(ctx)).actions).toEqual([
    { action: "workspace.rename", events: 3 },
    { action: "workspace.create", events: 1 },
  ]);
  expect((await auditFacets(ctx)).actors).toMatchObject([{ actor: ctx.actor.email, type: "user", events: 4 }]);
  const first = await verifyAudit(ctx, { limit: 3 });
  expect(first).toMatchObject({ ok: true, checked: 3, next: expect.stringMatching(/^3:[0-9a-f]{64}$/) });
  expect(await verifyAudit(ctx, { limit: 3, after: first.next ?? "" })).toMatchObject({
    ok: true,
    checked: 4,
    next: null,
  });
  const { rows } = (await ctx.db.execute(
    `update audit_events set actor_role = 'auditor' where workspace_id = '${ctx.workspace.id}' and seq = 4`,
  )) as unknown as { rows: unknown };
  void rows;
  expect(await verifyAudit(ctx, { limit: 3, after: first.next ?? "" })).toMatchObject({
    ok: false,
    broken: { seq: 4, why: "This event was changed." },
  });
});

test("your own name changes where you go by it, and each workspace's log says so", async () => {
  const owner = await mintWorkspace(world);
  const member = await mintMember(owner, "member", world);
  expect(await updateProfile(member, { name: " New  Name " })).toMatchObject({ name: "New Name" });
  const { events } = await listAudit(owner, { action: "user.update" });
  expect(events).toMatchObject([{ before: { name: member.actor.name }, after: { name: "New Name" } }]);
  await expect(updateProfile(member, { name: "" })).rejects.toMatchObject({ code: "invalid", field: "name" });
});
