import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/ids";
import { sweepShortLived } from "@/lib/server/sweep";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace } from "@/lib/testing/factories";
import { createKeptResults } from "./kept-results";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function scene() {
  const ctx = await mintWorkspace({ db: database.db });
  const member = await mintMember(ctx, "member", { db: database.db });
  const kept = createKeptResults(database.query);
  const owner = { workspaceId: ctx.workspace.id, memberId: ctx.memberId };
  const put = async (whose = owner) => {
    const id = newId("result");
    await kept.put({ ...whose, id, sealed: `sealed ${id}`, keyId: "dek_1" });
    return id;
  };
  return { ctx, member, kept, owner, put };
}

test("a result is found by its member in its workspace alone", async () => {
  const { member, kept, owner, put } = await scene();
  const other = await scene();
  const id = await put();
  expect(await kept.find({ ...owner, id })).toEqual({ sealed: `sealed ${id}`, keyId: "dek_1" });
  expect(await kept.find({ ...owner, id, memberId: member.memberId })).toBeNull();
  expect(await kept.find({ ...owner, id, workspaceId: other.owner.workspaceId })).toBeNull();
  expect(await kept.find({ ...owner, id: newId("result") })).toBeNull();
});

test("a member keeps 32 at most; nobody else loses any", async () => {
  const { member, kept, owner, put } = await scene();
  const others = await put({ ...owner, memberId: member.memberId });
  const ids: string[] = [];
  for (let i = 0; i < 34; i++) ids.push(await put());
  const found = await Promise.all(ids.map((id) => kept.find({ ...owner, id })));
  expect(found.filter(Boolean)).toHaveLength(32);
  expect(await kept.find({ ...owner, id: ids.at(-1) ?? "" })).not.toBeNull();
  expect(await kept.find({ ...owner, memberId: member.memberId, id: others })).not.toBeNull();
});

test("after its hour it is found no more, and the sweep takes it; names end with a new version", async () => {
  const { ctx, kept, owner, put } = await scene();
  const [old, young] = [await put(), await put()];
  const { id: workspaceId } = ctx.workspace;
  await database.query("UPDATE kept_results SET expires_at = now() - interval '1 second' WHERE id = $1", [old]);
  expect(await kept.find({ ...owner, id: old })).toBeNull();
  const version = async () =>
    (
      await database.query<{ version: number }>("SELECT version::int AS version FROM workspaces WHERE id = $1", [
        workspaceId,
      ])
    )[0]?.version ?? 0;
  const server = newId("server");
  await database.query(
    "INSERT INTO servers (id, workspace_id, slug, name, kind, url, transport) VALUES ($1, $2, 's', 'S', 'proxy', 'https://a.example/', 'sse')",
    [server, workspaceId],
  );
  await database.query("INSERT INTO former_names VALUES ($1, 's__old', $2, 't', now() - interval '1 second')", [
    workspaceId,
    server,
  ]);
  await database.query("INSERT INTO nodes VALUES ($1, now() - interval '1 hour')", [workspaceId]);
  await database.query(
    "INSERT INTO node_messages (node, body, created_at) VALUES ($1, 'x', now() - interval '1 hour')",
    [workspaceId],
  );
  const before = await version();
  await sweepShortLived(database.query);
  const left = async (table: string, column: string) =>
    (await database.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [workspaceId])).length;
  expect(await database.query("SELECT id FROM kept_results WHERE workspace_id = $1", [workspaceId])).toEqual([
    { id: young },
  ]);
  expect([
    await left("former_names", "workspace_id"),
    await left("nodes", "id"),
    await left("node_messages", "node"),
  ]).toEqual([0, 0, 0]);
  expect(await version()).toBe(before + 1);
  await sweepShortLived(database.query);
  expect(await version()).toBe(before + 1);
});
