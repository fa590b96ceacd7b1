import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import { members } from "@/db/schema/members";
import { serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import { workspaces } from "@/db/schema/workspaces";
import { newId } from "@/lib/ids";
import type { WorkspaceCtx } from "@/lib/services/context";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { countGrantedTools } from "./count-tools";
import { createGrant } from "./create";
import { listGrants } from "./list";
import { revokeGrant } from "./revoke";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db };
});
afterAll(() => database.close());

async function grant(ctx: WorkspaceCtx): Promise<string> {
  const id = newId("grant");
  const facts = { clientId: "client_1", clientName: "Cursor", redirectHost: "cursor://x" };
  await createGrant(ctx, { id, ...facts, expiresAt: new Date(Date.now() + 60_000) });
  return id;
}
const accessVersion = async (ctx: WorkspaceCtx) => {
  const [row] = await ctx.db.select().from(workspaces).where(eq(workspaces.id, ctx.workspace.id));
  return row?.accessVersion ?? Number.NaN;
};

test("a member sees and takes back own grants only; an admin all", async () => {
  const owner = await mintWorkspace(world);
  const [member, other] = [await mintMember(owner, "member", world), await mintMember(owner, "member", world)];
  const [own, foreign] = [await grant(member), await grant(other)];
  expect((await listGrants(member)).map((each) => each.id)).toEqual([own]);
  expect((await listGrants(owner)).map((each) => each.id).sort()).toEqual([own, foreign].sort());
  await expect(revokeGrant(member, { grant: foreign })).rejects.toMatchObject({ code: "not_found" });
  expect(await revokeGrant(member, { grant: own })).toMatchObject({ status: "revoked", clientName: "Cursor" });
  expect(await revokeGrant(owner, { grant: foreign })).toMatchObject({ status: "revoked" });
});

test("another workspace's grant is not there", async () => {
  const [mine, theirs] = [await mintWorkspace(world), await mintWorkspace(world)];
  const id = await grant(theirs);
  await expect(revokeGrant(mine, { grant: id })).rejects.toMatchObject({ code: "not_found" });
  for (const odd of ["", "a\0b", "'; --", "x".repeat(200)])
    await expect(revokeGrant(mine, { grant: odd })).rejects.toMatchObject({ code: "not_found" });
  expect((await listGrants(theirs))[0]?.status).toBe("active");
});

test("taking back tells every gateway, once, and is audited once", async () => {
  const ctx = await mintWorkspace(world);
  const id = await grant(ctx);
  const before = await accessVersion(ctx);
  const first = await revokeGrant(ctx, { grant: id });
  expect(await accessVersion(ctx)).toBeGreaterThan(before);
  expect(await revokeGrant(ctx, { grant: id })).toEqual(first);
  const events = await ctx.db.select().from(auditEvents).where(eq(auditEvents.targetId, id));
  expect(events.map((event) => event.action).sort()).toEqual(["grant.create", "grant.revoke"]);
});

test("an auditor grants nothing and has nothing to take back", async () => {
  const auditor = await mintMember(await mintWorkspace(world), "auditor", world);
  await expect(grant(auditor)).rejects.toMatchObject({ code: "forbidden" });
  await expect(listGrants(auditor)).rejects.toMatchObject({ code: "forbidden" });
});

test("the tools that a client would see are those in the member's scope", async () => {
  const ctx = await mintWorkspace(world);
  const workspaceId = ctx.workspace.id;
  const ids = [newId("server"), newId("server"), newId("server")];
  const facts = { workspaceId, kind: "proxy", url: "https://a.test/mcp", transport: "streamable-http" } as const;
  for (const [n, id] of ids.entries())
    await ctx.db.insert(servers).values({ id, slug: `s${n}`, name: `S${n}`, enabled: n < 2, ...facts });
  const tool = (serverId = "", name = "", enabled = true, readOnlyHint = false) => ({
    serverId,
    workspaceId,
    name,
    enabled,
    definition: JSON.stringify({ name, annotations: { readOnlyHint } }),
  });
  const [a, b, off] = ids;
  await ctx.db
    .insert(serverTools)
    .values([tool(a, "read", true, true), tool(a, "write"), tool(a, "hidden", false), tool(b, "x"), tool(off, "y")]);
  const scoped = async (toolScope: (typeof members.$inferInsert)["toolScope"]) => {
    await ctx.db.update(members).set({ toolScope }).where(eq(members.id, ctx.memberId));
    return countGrantedTools(ctx);
  };
  expect(await scoped(null)).toEqual({ tools: 3, servers: 2 });
  expect(await scoped({ readOnly: true, servers: null })).toEqual({ tools: 1, servers: 1 });
  expect(await scoped({ readOnly: false, servers: { [b ?? ""]: null } })).toEqual({ tools: 1, servers: 1 });
});
