import { parse } from "csv-parse/sync";
import { and, asc, eq, type SQL } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import { exportChunks, exports } from "@/db/schema/exports";
import { members, type Role } from "@/db/schema/members";
import { type WorkspaceCtx, workspaceCtx } from "@/lib/services/context";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { finished, inAnHour, node, sha256, streamed } from "@/lib/testing/exports";
import { mintCalls, mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { textOf } from "@/lib/testing/text-of";
import { cancelExport } from "./cancel";
import { createExport } from "./create";
import { downloadExport } from "./download";
import { estimateExport } from "./estimate";
import { getExport } from "./get";
import { listExports } from "./list";
import { exportManifest } from "./manifest";
import { removeExport } from "./remove";
import { streamExport } from "./stream";
import { sweepExports } from "./sweep";
import { workExport } from "./work";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db };
});
afterAll(() => database.close());

const rowsOf = (csv: string) =>
  parse(csv, { columns: true, bom: true, record_delimiter: "\r\n" }) as Record<string, string>[];
const actions = async (ctx: WorkspaceCtx) =>
  (
    await ctx.db
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(and(eq(auditEvents.workspaceId, ctx.workspace.id), eq(auditEvents.targetType, "export")))
      .orderBy(asc(auditEvents.seq))
  ).map(({ action }) => action);
const setRole = (ctx: WorkspaceCtx, role: Role) =>
  ctx.db.update(members).set({ role }).where(eq(members.id, ctx.memberId));

describe("a file made in the background", () => {
  test("is the same as one made at once, is counted before, and comes out of the database whole", async () => {
    const ctx = await mintWorkspace(world);
    const start = Date.now() - 1_000_000;
    await mintCalls(
      ctx,
      Array.from({ length: 6_000 }, (_, i) => ({
        tool: `tool ${i} "=x`,
        userAgent: "u".repeat(150),
        occurredAt: new Date(start + i),
      })),
    );
    expect(await estimateExport(ctx, { log: "calls" })).toEqual({ rows: 6_000, exact: true, background: false });
    const { id, state } = await createExport(ctx, { log: "calls" });
    expect(state).toBe("queued");
    await expect(downloadExport(ctx, { export: id })).rejects.toMatchObject({ code: "conflict" });
    await mintCalls(ctx, [{ tool: "late" }]);
    const view = await finished(ctx, id);
    const file = await downloadExport(ctx, { export: id });
    const csv = await textOf(file.chunks);
    expect(view).toMatchObject({
      state: "ready",
      rows: 6_000,
      expectedRows: 6_000,
      bytes: Buffer.byteLength(csv),
      sha256: sha256(csv),
    });
    expect(csv).not.toContain("late");
    expect(file.bytes).toBe(Buffer.byteLength(csv));
    expect(await exportManifest(ctx, { export: id })).toMatchObject({ sha256: sha256(csv), rows: 6_000 });
    const chunks = await ctx.db.select().from(exportChunks).where(eq(exportChunks.exportId, id));
    expect(chunks.length).toBeGreaterThan(1);
    expect(await actions(ctx)).toEqual(["export.create", "export.download"]);
    expect(await streamed(ctx, { to: new Date(start + 6_000).toISOString() })).toBe(csv);
  }, 30_000);

  test("another node takes over from a dead one, which then leaves nothing behind", async () => {
    const ctx = await mintWorkspace(world);
    const start = Date.now() - 1_000_000;
    await mintCalls(
      ctx,
      Array.from({ length: 3_000 }, (_, i) => ({ occurredAt: new Date(start + i) })),
    );
    const { id } = await createExport(ctx, { log: "calls" });
    // A node that stands still as soon as it has the job, and goes on after another has finished it.
    let goOn = () => {};
    const standing = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let taken = () => {};
    const took = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const { select } = ctx.db;
    const slow = node(ctx);
    slow.db = new Proxy(ctx.db, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property);
        if (property !== "select") return typeof value === "function" ? value.bind(target) : value;
        taken();
        return (fields: { role: typeof members.role }) => ({
          from: (table: typeof members) => ({
            where: (condition: SQL) => standing.then(() => select.call(target, fields).from(table).where(condition)),
          }),
        });
      },
    });
    const dead = workExport(slow);
    await took;
    expect(await getExport(ctx, { export: id })).toMatchObject({ state: "running" });
    expect(await workExport(node(ctx))).toBe(false);
    const view = await finished(ctx, id, node(ctx, inAnHour));
    expect(view).toMatchObject({ state: "ready", rows: 3_000 });
    goOn();
    expect(await dead).toBe(true);
    expect(await getExport(ctx, { export: id })).toEqual(view);
    expect(sha256(await textOf((await downloadExport(ctx, { export: id })).chunks))).toBe(view.sha256);
  }, 30_000);

  test("two nodes at once make one file of each job", async () => {
    const ctx = await mintWorkspace(world);
    await mintCalls(ctx, [{}, {}]);
    const jobs = await Promise.all([1, 2, 3].map(() => createExport(ctx, { log: "calls", format: "jsonl" })));
    const nodes = [node(ctx), node(ctx)];
    await Promise.all(
      nodes.map(async (worker) => {
        while (await workExport(worker));
      }),
    );
    for (const { id } of jobs) {
      const view = await finished(ctx, id);
      expect(view).toMatchObject({ state: "ready", rows: 2 });
      expect(await ctx.db.select().from(exportChunks).where(eq(exportChunks.exportId, id))).toHaveLength(1);
    }
  });

  test("is given up after the third attempt, with a reason in words", async () => {
    const ctx = await mintWorkspace(world);
    const { id } = await createExport(ctx, { log: "calls" });
    await ctx.db.update(exports).set({ attempts: 3 }).where(eq(exports.id, id));
    expect(await finished(ctx, id)).toMatchObject({
      state: "failed",
      problem: expect.stringContaining("never finished"),
    });
  });

  test("a node that ends hands its job on", async () => {
    const ctx = await mintWorkspace(world);
    await mintCalls(ctx, [{}]);
    const { id } = await createExport(ctx, { log: "calls" });
    await workExport(node(ctx), AbortSignal.abort());
    expect(await getExport(ctx, { export: id })).toMatchObject({ state: "queued", rows: 0 });
    expect(await finished(ctx, id)).toMatchObject({ state: "ready" });
  });

  test("can be canceled and deleted by its maker and admins, and expires", async () => {
    const ctx = await mintWorkspace(world);
    const member = await mintMember(ctx, "member", world);
    const auditor = await mintMember(ctx, "auditor", world);
    await mintCalls(member, [{}]);
    const first = await createExport(member, { log: "calls" });
    await expect(cancelExport(auditor, { export: first.id })).rejects.toMatchObject({ code: "forbidden" });
    expect(await cancelExport(member, { export: first.id })).toMatchObject({ state: "canceled" });
    await expect(cancelExport(ctx, { export: first.id })).rejects.toMatchObject({ code: "conflict" });
    expect(await finished(ctx, first.id)).toMatchObject({ state: "canceled" });
    const second = await createExport(member, { log: "calls" });
    await finished(ctx, second.id);
    await sweepExports(ctx.db, new Date(Date.now() + 8 * 86_400_000));
    expect(await getExport(member, { export: second.id })).toMatchObject({ state: "expired", rows: 1 });
    await expect(downloadExport(member, { export: second.id })).rejects.toMatchObject({ code: "conflict" });
    expect(await ctx.db.select().from(exportChunks).where(eq(exportChunks.exportId, second.id))).toEqual([]);
    await removeExport(ctx, { export: second.id });
    await expect(getExport(ctx, { export: second.id })).rejects.toMatchObject({ code: "not_found" });
    expect(await actions(ctx)).toEqual(["export.create", "export.cancel", "export.create", "export.delete"]);
  });

  test("no more than five wait in one workspace", async () => {
    const ctx = await mintWorkspace(world);
    const jobs = [];
    for (let n = 0; n < 5; n++) jobs.push(await createExport(ctx, { log: "calls" }));
    await expect(createExport(ctx, { log: "calls" })).rejects.toMatchObject({ code: "rate_limited" });
    for (const { id } of jobs) await removeExport(ctx, { export: id });
  });
});

describe("who may", () => {
  test("members export and see their own, readers everyone's, and nobody what is not theirs", async () => {
    const owner = await mintWorkspace(world);
    const member = await mintMember(owner, "member", world);
    const auditor = await mintMember(owner, "auditor", world);
    await mintCalls(owner, [{ tool: "hidden" }]);
    await mintCalls(member, [{ tool: "own" }]);
    expect(rowsOf(await streamed(member, { member: owner.memberId }))).toEqual([]);
    const { id } = await createExport(member, { log: "calls" });
    expect(await finished(member, id)).toMatchObject({ ownOnly: true, rows: 1 });
    expect(await textOf((await downloadExport(auditor, { export: id })).chunks)).not.toContain("hidden");
    const whole = await createExport(owner, { log: "calls" });
    await finished(owner, whole.id);
    await expect(getExport(member, { export: whole.id })).rejects.toMatchObject({ code: "not_found" });
    expect((await listExports(member)).exports.map((row) => row.id)).not.toContain(whole.id);
    expect((await listExports(auditor)).exports.map((row) => row.id)).toContain(whole.id);
    for (const verb of [streamExport, createExport, estimateExport])
      await expect(verb(member, { log: "audit" })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a role that shrank lets nobody have the file any more, nor finish making it", async () => {
    const owner = await mintWorkspace(world);
    const admin = await mintMember(owner, "admin", world);
    await mintCalls(owner, [{}]);
    const done = await createExport(admin, { log: "calls" });
    const logDone = await createExport(admin, { log: "audit" });
    await finished(admin, done.id);
    await finished(admin, logDone.id);
    const waiting = await createExport(admin, { log: "calls" });
    await setRole(admin, "member");
    const shrunk = await workspaceCtx(admin, owner.workspace.slug);
    for (const { id } of [done, logDone]) {
      expect(await getExport(shrunk, { export: id })).toMatchObject({ mayDownload: false });
      await expect(downloadExport(shrunk, { export: id })).rejects.toMatchObject({ code: "forbidden" });
      await expect(exportManifest(shrunk, { export: id })).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await finished(owner, waiting.id)).toMatchObject({
      state: "failed",
      problem: expect.stringContaining("may not read"),
    });
    expect(await textOf((await downloadExport(owner, { export: done.id })).chunks)).toContain("call_");
  });

  test("an exporter who was removed gets nothing; the file stays for those who may read it", async () => {
    const owner = await mintWorkspace(world);
    const admin = await mintMember(owner, "admin", world);
    const { id } = await createExport(admin, { log: "audit" });
    await finished(admin, id);
    await owner.db.delete(members).where(eq(members.id, admin.memberId));
    await expect(workspaceCtx(admin, owner.workspace.slug)).rejects.toMatchObject({ code: "not_found" });
    expect(await textOf((await downloadExport(owner, { export: id })).chunks)).toContain("workspace.create");
  });
});
