import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEvents, members, secrets } from "@/db/schema";
import type { WorkspaceCtx } from "@/lib/services/context";
import { addServer } from "@/lib/services/server/add";
import { findServer } from "@/lib/services/server/find";
import { getServer } from "@/lib/services/server/get";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { fakeUpstream } from "@/lib/testing/fake-upstream";
import { type GuardedUpstream, guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";
import { deleteOwnSecret, deleteSecret } from "./delete";
import { listSecrets } from "./list";
import { listOwnSecrets } from "./list-own";
import { listWorkspaceSecrets } from "./list-workspace";
import { setSecret } from "./set";
import { setSecretMode } from "./set-mode";
import { setOwnSecret } from "./set-own";
import { openSecrets } from "./store";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const URL_A = "https://mcp.example.com/mcp";
const ORIGIN = "https://mcp.example.com";
const AUTH = [{ name: "Authorization", template: "Bearer {{KEY}}" }];
const KEY = { server: "up", name: "KEY" };

/** A workspace with a server `up` that takes `Bearer good`, and that secret set. */
async function house(more: Partial<World> = {}) {
  const upstream: GuardedUpstream = guardedUpstream([toolText("echo")], "Bearer good");
  const world: World = { db: database.db, transport: upstream.transport, ...more };
  const ctx = await mintWorkspace(world);
  await addServer(ctx, { slug: "up", url: URL_A, headers: AUTH, secrets: { KEY: "good" } });
  return { ctx, upstream, world };
}

/** What a call of this member would send now. */
async function inForce(ctx: WorkspaceCtx): Promise<string | undefined> {
  return (await openSecrets(ctx, await findServer(ctx.db, ctx, "up"), ORIGIN)).get("KEY");
}

const auditOf = async (ctx: WorkspaceCtx, action: string) =>
  (
    await ctx.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.workspaceId, ctx.workspace.id), eq(auditEvents.action, action)))
  ).map(({ before, after }) => ({ before, after }));

describe("replacing", () => {
  test("a value that the server refuses leaves the old one in force and says what was seen", async () => {
    const { ctx } = await house();
    const refused = await setSecret(ctx, { ...KEY, value: "bad-canary" }).catch((error) => error);
    expect(refused).toMatchObject({ code: "upstream_failed", message: expect.stringContaining("401") });
    expect(refused.message).toContain("The old value stays in force");
    expect(refused.message).not.toContain("bad-canary");
    expect(await inForce(ctx)).toBe("good");
    expect((await listSecrets(ctx, { server: "up" })).secrets).toMatchObject([{ version: 1 }]);
    expect((await getServer(ctx, { server: "up" })).status).toBe("up");
    expect(await auditOf(ctx, "secret.replace")).toEqual([]);
  });

  test("a value that works takes over", async () => {
    const { ctx, upstream } = await house();
    upstream.wants = "Bearer better";
    expect(await setSecret(ctx, { ...KEY, value: "better" })).toMatchObject({
      secret: { version: 2 },
      probe: { ok: true },
    });
    expect(await inForce(ctx)).toBe("better");
    expect(await auditOf(ctx, "secret.replace")).toEqual([
      { before: null, after: { version: 2, origin: ORIGIN, test: "tools/list" } },
    ]);
  });

  test("force keeps a value whose test failed, and the audit log says so", async () => {
    const { ctx, upstream } = await house();
    upstream.down = true;
    await expect(setSecret(ctx, { ...KEY, value: "later" })).rejects.toMatchObject({ code: "upstream_failed" });
    expect(await setSecret(ctx, { ...KEY, value: "later", force: true })).toMatchObject({ probe: { ok: false } });
    expect(await inForce(ctx)).toBe("later");
    expect(await auditOf(ctx, "secret.replace")).toMatchObject([{ after: { forced: true, test: "unreachable" } }]);
  });

  test("a test call decides as well: a tool that fails keeps the old value, whatever it echoes", async () => {
    const tools = ["whoami", "charge"].map((name) => JSON.parse(toolText(name)));
    tools[1].inputSchema.required = ["amount"];
    const seen: string[] = [];
    const { transport } = fakeUpstream(({ method, params }, request) => {
      if (method !== "tools/call") return { tools };
      seen.push(`${params?.name} ${JSON.stringify(params?.arguments)}`);
      const sent = request.headers.Authorization ?? "";
      return { isError: sent !== "Bearer good", content: [{ type: "text", text: `no: ${sent}` }] };
    });
    const { ctx } = await house({ transport });
    const failed = await setSecret(ctx, { ...KEY, value: "canary-9", testTool: "whoami" }).catch((error) => error);
    expect(failed).toMatchObject({ code: "upstream_failed", message: expect.stringContaining("whoami") });
    expect(failed.message).not.toContain("canary-9");
    expect(await inForce(ctx)).toBe("good");
    await setSecret(ctx, { ...KEY, value: "good", testTool: "whoami" });
    expect(seen).toEqual(["whoami {}", "whoami {}"]);
    for (const testTool of ["charge", "missing"])
      await expect(setSecret(ctx, { ...KEY, value: "x", testTool })).rejects.toMatchObject({ field: "testTool" });
    expect((await listWorkspaceSecrets(ctx))[0]?.testTools).toEqual(["whoami"]);
  });
});

describe("whose value", () => {
  test("shared, then each their own, then own before shared; changes are audited and lose nothing", async () => {
    const { ctx, upstream, world } = await house();
    const ann = await mintMember(ctx, "member", world);
    const bob = await mintMember(ctx, "member", world);
    upstream.wants = null;
    await expect(setOwnSecret(ann, { ...KEY, value: "anns" })).rejects.toMatchObject({ code: "not_found" });
    expect(await listOwnSecrets(ann)).toEqual([]);

    await setSecretMode(ctx, { ...KEY, mode: "member" });
    expect(await listOwnSecrets(ann)).toMatchObject([{ name: "KEY", state: "missing", own: null }]);
    expect((await getServer(ctx, { server: "up" })).status).toBe("up");
    await setOwnSecret(ann, { ...KEY, value: "anns" });
    expect([await inForce(ann), await inForce(bob)]).toEqual(["anns", undefined]);
    expect(await listOwnSecrets(ann)).toMatchObject([{ state: "set", own: { version: 1, lastUsedAt: null } }]);

    await setSecretMode(ctx, { ...KEY, mode: "member_or_shared" });
    expect([await inForce(ann), await inForce(bob)]).toEqual(["anns", "good"]);
    expect(await listOwnSecrets(bob)).toMatchObject([{ state: "shared" }]);
    expect(await listWorkspaceSecrets(ctx)).toMatchObject([
      { name: "KEY", mode: "member_or_shared", members: 1, shared: { version: 1 }, headers: ["Authorization"] },
    ]);

    await setSecretMode(ctx, { ...KEY, mode: "shared" });
    expect([await inForce(ann), await inForce(bob)]).toEqual(["good", "good"]);
    expect(await listOwnSecrets(ann)).toMatchObject([{ state: "unused" }]);
    await deleteOwnSecret(ann, KEY);
    expect(await listOwnSecrets(ann)).toEqual([]);
    expect((await auditOf(ctx, "secret.mode_change")).map(({ after }) => after)).toEqual(
      ["member", "member_or_shared", "shared"].map((mode) => ({ mode })),
    );
  });

  test("an own value is tested with the member's own, and the old one stays when that fails", async () => {
    const { ctx, upstream, world } = await house();
    const ann = await mintMember(ctx, "member", world);
    await setSecretMode(ctx, { ...KEY, mode: "member" });
    upstream.wants = "Bearer anns";
    await setOwnSecret(ann, { ...KEY, value: "anns" });
    await expect(setOwnSecret(ann, { ...KEY, value: "wrong" })).rejects.toMatchObject({ code: "upstream_failed" });
    expect(await inForce(ann)).toBe("anns");
    expect((await getServer(ctx, { server: "up" })).problem).toBeNull();
  });

  test("who may what: members their own only, auditors none", async () => {
    const { ctx, world } = await house();
    await setSecretMode(ctx, { ...KEY, mode: "member" });
    const refused = { code: "forbidden" };
    for (const role of ["member", "auditor"] as const) {
      const other = await mintMember(ctx, role, world);
      await expect(listWorkspaceSecrets(other)).rejects.toMatchObject(refused);
      await expect(listSecrets(other, { server: "up" })).rejects.toMatchObject(refused);
      await expect(setSecret(other, { ...KEY, value: "x" })).rejects.toMatchObject(refused);
      await expect(setSecretMode(other, { ...KEY, mode: "shared" })).rejects.toMatchObject(refused);
      await expect(deleteSecret(other, KEY)).rejects.toMatchObject(refused);
    }
    const auditor = await mintMember(ctx, "auditor", world);
    await expect(listOwnSecrets(auditor)).rejects.toMatchObject(refused);
    await expect(setOwnSecret(auditor, { ...KEY, value: "x" })).rejects.toMatchObject(refused);
  });

  test("removing the member removes their own values, not the shared one", async () => {
    const { ctx, upstream, world } = await house();
    const ann = await mintMember(ctx, "member", world);
    upstream.wants = null;
    await setSecretMode(ctx, { ...KEY, mode: "member_or_shared" });
    await setOwnSecret(ann, { ...KEY, value: "anns" });
    await ctx.db.delete(members).where(eq(members.id, ann.memberId));
    expect(await ctx.db.select().from(secrets).where(eq(secrets.workspaceId, ctx.workspace.id))).toMatchObject([
      { memberId: null },
    ]);
  });
});

describe("rows that were tampered with do not open", () => {
  const cannot = { code: "internal", message: "Secret cannot be opened" };

  test("the sealed text of another secret, server or member; an older version; another origin", async () => {
    const { ctx, upstream, world } = await house();
    upstream.wants = null;
    await addServer(ctx, { slug: "two", url: URL_A, headers: AUTH, secrets: { KEY: "second" } });
    await setSecretMode(ctx, { ...KEY, mode: "member_or_shared" });
    const ann = await mintMember(ctx, "member", world);
    await setOwnSecret(ann, { ...KEY, value: "anns" });
    const rows = await ctx.db.select().from(secrets).where(eq(secrets.workspaceId, ctx.workspace.id));
    const mine = rows.find((row) => row.memberId === ann.memberId);
    const shared = rows.find((row) => row.memberId === null && row.serverId === mine?.serverId);
    const second = rows.find((row) => row.serverId !== mine?.serverId);
    if (!mine || !shared || !second) throw new Error("three rows were stored");
    const put = (id: string, set: Partial<typeof mine>) => ctx.db.update(secrets).set(set).where(eq(secrets.id, id));

    await put(shared.id, { sealed: second.sealed });
    await put(second.id, { sealed: shared.sealed });
    await expect(inForce(ctx)).rejects.toMatchObject(cannot);
    expect(await inForce(ann)).toBe("anns");
    await put(shared.id, { sealed: mine.sealed });
    await expect(inForce(ctx)).rejects.toMatchObject(cannot);
    await put(shared.id, { sealed: shared.sealed });
    expect(await inForce(ctx)).toBe("good");

    await setSecret(ctx, { ...KEY, value: "newer" });
    await put(shared.id, { sealed: shared.sealed });
    await expect(inForce(ctx)).rejects.toMatchObject(cannot);
    await put(mine.id, { memberId: ctx.memberId });
    await expect(inForce(ctx)).rejects.toMatchObject(cannot);
  });
});
