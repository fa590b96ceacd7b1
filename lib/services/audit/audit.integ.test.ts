import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditChains } from "@/db/schema/audit-chains";
import { auditEvents } from "@/db/schema/audit-events";
import type { WorkspaceCtx } from "@/lib/services/context";
import { createToken } from "@/lib/services/token/create";
import { renameWorkspace } from "@/lib/services/workspace/rename";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { textOf } from "@/lib/testing/text-of";
import { exportAuditJsonl } from "./export-jsonl";
import { listAudit } from "./list";
import { audit } from "./record";
import { verifyAudit } from "./verify";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db };
});
afterAll(() => database.close());

/** A workspace with a chain of six events. */
async function chained(): Promise<WorkspaceCtx> {
  const ctx = await mintWorkspace(world);
  for (const name of ["A", "B", "C", "D", "E"]) await renameWorkspace(ctx, { name });
  return ctx;
}
const link = (ctx: WorkspaceCtx, seq: number) =>
  and(eq(auditEvents.workspaceId, ctx.workspace.id), eq(auditEvents.seq, seq));

test("changes made at once are one chain, in which nothing is missing", async () => {
  const ctx = await mintWorkspace(world);
  const other = await mintWorkspace(world);
  await Promise.all(
    Array.from({ length: 3 }, (_, n) => [
      createToken(ctx, { name: `Person ${n}` }),
      renameWorkspace(other, { name: `N ${n}` }),
      ctx.db.transaction((tx) =>
        audit(tx, ctx, "export.create", { type: "workspace", id: ctx.workspace.id, name: "x" }),
      ),
    ]).flat(),
  );
  expect(await verifyAudit(ctx)).toMatchObject({
    ok: true,
    checked: 10,
    head: { seq: 10 },
    broken: null,
    unchained: 0,
  });
  expect(await verifyAudit(other)).toMatchObject({ ok: true, checked: 4 });
});

test("whatever text a change holds, its hash fits what is stored", async () => {
  const ctx = await mintWorkspace(world);
  const odd = {
    ctx: "\u0000\ud800\ufffe\u202e😀",
    n: 1e21,
    small: 1.1,
    minus: -0,
    list: [undefined, null],
    when: new Date(0),
  };
  const strange = { ...ctx, request: { ...ctx.request, userAgent: `${"x".repeat(511)}😀` } };
  await ctx.db.transaction((tx) =>
    audit(
      tx,
      strange,
      "export.create",
      { type: "x", id: "x", name: "\u0000\udc00" },
      { before: odd, after: { z: 1, a: { y: undefined } } },
    ),
  );
  expect(await verifyAudit(ctx)).toMatchObject({ ok: true, checked: 2 });
});

test("a change that is rolled back leaves no gap", async () => {
  const ctx = await mintWorkspace(world);
  await expect(createToken(ctx, { name: "x", memberId: "mem_none" })).rejects.toMatchObject({ code: "not_found" });
  await createToken(ctx, { name: "y" });
  expect(await verifyAudit(ctx)).toMatchObject({ ok: true });
});

type Tamper = (ctx: WorkspaceCtx) => Promise<unknown>;
test.each<[string, number, Tamper]>([
  ["an edited name", 3, (ctx) => ctx.db.update(auditEvents).set({ targetName: "Z" }).where(link(ctx, 3))],
  [
    "an edited value",
    4,
    (ctx) =>
      ctx.db
        .update(auditEvents)
        .set({ after: { name: "Z" } })
        .where(link(ctx, 4)),
  ],
  [
    "an edited time",
    2,
    (ctx) =>
      ctx.db
        .update(auditEvents)
        .set({ createdAt: new Date(0) })
        .where(link(ctx, 2)),
  ],
  ["a deleted event", 3, (ctx) => ctx.db.delete(auditEvents).where(link(ctx, 3))],
  ["a deleted first event", 1, (ctx) => ctx.db.delete(auditEvents).where(link(ctx, 1))],
  [
    "a cut-off end",
    5,
    (ctx) => ctx.db.delete(auditEvents).where(and(eq(auditEvents.workspaceId, ctx.workspace.id), sql`seq > 4`)),
  ],
  [
    "two events swapped",
    2,
    async (ctx) => {
      await ctx.db.update(auditEvents).set({ seq: 99 }).where(link(ctx, 2));
      await ctx.db.update(auditEvents).set({ seq: 2 }).where(link(ctx, 3));
      await ctx.db.update(auditEvents).set({ seq: 3 }).where(link(ctx, 99));
    },
  ],
  ["an event taken out of the chain", 4, (ctx) => ctx.db.update(auditEvents).set({ seq: null }).where(link(ctx, 4))],
  [
    "an event smuggled in beside it",
    0,
    async (ctx) => {
      const [row] = await ctx.db.select().from(auditEvents).where(link(ctx, 3));
      if (row) await ctx.db.insert(auditEvents).values({ ...row, id: `${row.id.slice(0, -1)}!`, seq: null });
    },
  ],
  [
    "an event put behind the end",
    7,
    async (ctx) => {
      const [row] = await ctx.db.select().from(auditEvents).where(link(ctx, 3));
      if (row) await ctx.db.insert(auditEvents).values({ ...row, id: `${row.id}x`, seq: 7 });
    },
  ],
  [
    "a noted end set back",
    5,
    (ctx) => ctx.db.update(auditChains).set({ seq: 5 }).where(eq(auditChains.id, ctx.workspace.id)),
  ],
])("%s is found at its place", async (_, seq, tamper) => {
  const ctx = await chained();
  expect(await verifyAudit(ctx)).toMatchObject({ ok: true, checked: 6 });
  await tamper(ctx);
  const view = await verifyAudit(ctx);
  expect(view.ok).toBe(false);
  expect(view.broken?.seq).toBe(seq);
});

test("the export holds the whole chain and its head; auditors verify and export, members do not", async () => {
  const ctx = await chained();
  const auditor = await mintMember(ctx, "auditor", world);
  const { filename, chunks } = await exportAuditJsonl(auditor);
  expect(filename).toMatch(/^audit_[a-z0-9-]+_[0-9T-]+Z\.jsonl$/);
  const lines = (await textOf(chunks))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(8);
  expect(lines[6]).toMatchObject({ seq: 7, action: "export.create", actorEmail: auditor.actor.email });
  expect(lines[7]).toEqual({ head: { seq: 7, hash: lines[6].hash, id: ctx.workspace.id } });
  expect(await verifyAudit(auditor)).toMatchObject({ ok: true, checked: 7 });
  const member = await mintMember(ctx, "member", world);
  await expect(verifyAudit(member)).rejects.toMatchObject({ code: "forbidden" });
  await expect(exportAuditJsonl(member)).rejects.toMatchObject({ code: "forbidden" });
});

test("the list is filtered by noun, verb, actor, target and time", async () => {
  const ctx = await chained();
  const { id } = await createToken(ctx, { name: "Bo" });
  const actions = async (input: Parameters<typeof listAudit>[1]) =>
    (await listAudit(ctx, input)).events.map((event) => event.action);
  expect(await actions({ action: "token" })).toEqual(["token.create"]);
  expect(await actions({ action: "workspace.create" })).toEqual(["workspace.create"]);
  expect(await actions({ target: id })).toEqual(["token.create"]);
  expect(await actions({ actor: "nobody@acme.example" })).toEqual([]);
  expect(await actions({ to: "2026-01-01" })).toEqual([]);
  expect(await actions({ actor: ctx.actor.email ?? "", from: "2020-01-01" })).toHaveLength(8);
  await expect(actions({ from: "2026-13-45" })).rejects.toMatchObject({ code: "invalid", field: "from" });
});
