import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { dataKeys, masterKeys, workspaces } from "@/db/schema";
import { generateMasterKey, importMasterKeys } from "@/lib/crypto/master-keys";
import { newId } from "@/lib/ids";
import { testDatabase } from "@/lib/testing/database";
import { loadMasterKey } from "./master-key";
import { masterKeySource } from "./master-key-source";
import { createReadiness } from "./ready";

let database: Awaited<ReturnType<typeof testDatabase>>;
let folder: string;
let path: string;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.delete(dataKeys);
  await database.db.delete(masterKeys);
  folder = await mkdtemp(join(tmpdir(), "aerostack-key-"));
  path = join(folder, "aerostack/master.key");
  return () => rm(folder, { recursive: true });
});

const load = (masterKey: string | null) =>
  loadMasterKey(database.db, masterKeySource(database.db, { masterKey, kmsKey: null }, path));
const idOf = async (key: string) => (await importMasterKeys(key)).current.id;
const ids = async () => (await database.db.select().from(masterKeys)).map(({ id }) => id);

async function sealWorkspaceWith(masterKeyId: string): Promise<void> {
  const workspaceId = newId("workspace");
  await database.db
    .insert(workspaces)
    .values({ id: workspaceId, slug: `w${workspaceId.slice(-12)}`, name: "Key test" });
  await database.db.insert(dataKeys).values({ id: newId("dataKey"), workspaceId, masterKeyId, wrapped: "v1.x.y" });
}

test("a new database gets a new key, once", async () => {
  const first = await load(null);
  expect(first).toMatchObject({ created: true, name: path });
  expect(await ids()).toEqual([first.keys.current.id]);
  const again = await load(null);
  expect(again).toMatchObject({ created: false, text: first.text });
});

test("a given key is used and no file is made", async () => {
  const key = generateMasterKey();
  const loaded = await load(key);
  expect(loaded).toMatchObject({ name: "AEROSTACK_MASTER_KEY", created: false });
  expect(await ids()).toEqual([await idOf(key)]);
  await expect(stat(path)).rejects.toThrow();
});

test("a missing key is never replaced by a fresh one", async () => {
  await load(generateMasterKey());
  await expect(load(null)).rejects.toThrow("is missing");
  await expect(stat(path)).rejects.toThrow();
});

test("a wrong key is refused and leaves no trace", async () => {
  const [right, wrong] = [generateMasterKey(), generateMasterKey()];
  await load(right);
  await expect(load(wrong)).rejects.toThrow(await idOf(right));
  expect(await ids()).toEqual([await idOf(right)]);
});

test("a key is replaced by putting the new one first; the old one is needed while rows are sealed with it", async () => {
  const [old, fresh] = [generateMasterKey(), generateMasterKey()];
  await load(old);
  await sealWorkspaceWith(await idOf(old));
  await load(`${fresh},${old}`);
  expect((await ids()).sort()).toEqual([await idOf(old), await idOf(fresh)].sort());
  await expect(load(fresh)).rejects.toThrow(await idOf(old));
  await database.db.delete(dataKeys);
  await sealWorkspaceWith(await idOf(fresh));
  expect((await load(fresh)).keys.current.id).toBe(await idOf(fresh));
});

test("two nodes that start at once on a new database: one key wins, the other is refused", async () => {
  const nodes = await Promise.allSettled([1, 2].map(() => load(generateMasterKey())));
  expect(nodes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await ids()).toHaveLength(1);
});

test("a text that is no key is refused without repeating it", async () => {
  const failed = await load("bm90IDMyIGJ5dGVz").catch((error: Error) => error.message);
  expect(failed).toMatch(/^AEROSTACK_MASTER_KEY /);
  expect(failed).not.toContain("bm90IDMy");
});

test("readiness: a writable database that knows the key, asked at most once a second", async () => {
  const { keys } = await load(generateMasterKey());
  let now = 0;
  const ready = createReadiness(
    database.db,
    () => keys.current.id,
    () => now,
  );
  expect(await ready()).toEqual({ ready: true, missing: [] });
  await database.db.delete(masterKeys);
  expect((await ready()).ready).toBe(true);
  now = 1_000;
  expect(await ready()).toEqual({ ready: false, missing: ["master_key"] });
});
