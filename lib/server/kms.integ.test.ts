import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { desc, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { dataKeys, masterKeys, workspaces } from "@/db/schema";
import { createDataKey, openDataKey } from "@/lib/crypto/data-key";
import { generateMasterKey } from "@/lib/crypto/master-keys";
import { newId } from "@/lib/ids";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { type KmsStandIn, startKmsStandIn } from "@/lib/testing/kms-stand-in";
import { loadMasterKey, noteMasterKeys } from "./master-key";
import { masterKeySource } from "./master-key-source";
import { countToRewrap, rewrapDataKeys } from "./rotate-master-key";

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/first";
const OTHER = "arn:aws:kms:eu-central-1:111122223333:key/other";
let database: TestDatabase;
let kms: KmsStandIn;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.delete(workspaces);
  await database.db.delete(masterKeys);
  folder = await mkdtemp(join(tmpdir(), "aerostack-key-"));
  kms = await startKmsStandIn([KEY, OTHER]);
  vi.stubEnv("AWS_ENDPOINT_URL_KMS", kms.endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDTEST");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  return async () => {
    vi.unstubAllEnvs();
    await kms.close();
    await rm(folder, { recursive: true });
  };
});

const path = () => join(folder, "aerostack/master.key");
const source = (kmsKey: string = KEY, masterKey: string | null = null) =>
  masterKeySource(database.db, { masterKey, kmsKey }, path());
const load = (kmsKey?: string, masterKey?: string | null) => loadMasterKey(database.db, source(kmsKey, masterKey));
const rows = () => database.db.select().from(masterKeys).orderBy(desc(masterKeys.createdAt));
const refusal = (kmsKey?: string) =>
  load(kmsKey).then(
    () => "",
    (error: Error) => `${error.name}: ${error.message}`,
  );

async function workspaceWith(keys: Parameters<typeof createDataKey>[0]) {
  const workspaceId = newId("workspace");
  await database.db
    .insert(workspaces)
    .values({ id: workspaceId, slug: `w${workspaceId.slice(-12)}`, name: "KMS test" });
  const id = newId("dataKey");
  const row = { id, workspaceId, ...(await createDataKey(keys, { workspaceId, dataKeyId: id })) };
  await database.db.insert(dataKeys).values(row);
  return row;
}

test("a new database: one GenerateDataKey, then Decrypt at each start; signed, bound to its context, no key file", async () => {
  const first = await load();
  expect(first).toMatchObject({ name: `AWS KMS ${KEY}`, created: false });
  const [row] = await rows();
  expect(row).toMatchObject({ id: first.keys.current.id, sealed: expect.stringMatching(/^[\w+/=]{80,}$/) });
  expect(row?.sealed).not.toContain(first.text.slice(0, 20));
  const dataKey = await workspaceWith(first.keys);
  const again = await load();
  expect(again.keys.current.id).toBe(first.keys.current.id);
  expect((await openDataKey(again.keys, dataKey)).type).toBe("secret");
  expect(kms.requests.map(({ operation }) => operation)).toEqual(["GenerateDataKey", "Decrypt"]);
  for (const { body, signed } of kms.requests) {
    expect(signed).toBe(true);
    expect(body).toMatchObject({ KeyId: KEY, EncryptionContext: { aerostack: "master-key" } });
  }
  await expect(stat(path())).rejects.toThrow();
});

test("two nodes start on a new database: they agree on one key", async () => {
  const [one, two] = await Promise.all([load(), load()]);
  expect(one.keys.current.id).toBe(two.keys.current.id);
  expect(await rows()).toHaveLength(1);
});

test("rotation is a new GenerateDataKey; a running node learns it from the database, the old one is dropped at the end", async () => {
  const node = await load();
  const dataKey = await workspaceWith(node.keys);
  const command = await load();
  await source().add?.((text) => noteMasterKeys(database.db, [text]));
  await command.keys.refresh?.();
  expect(command.keys.ids).toHaveLength(2);
  expect(await rewrapDataKeys(database.db, command.keys)).toBe(1);
  const [moved] = await database.db.select().from(dataKeys);
  if (!moved) throw new Error("the data key is there");
  expect(moved.masterKeyId).not.toBe(dataKey.masterKeyId);
  expect((await openDataKey(node.keys, moved)).type).toBe("secret");
  expect(node.keys.current.id).toBe(moved.masterKeyId);
  await source().retire?.();
  expect(await rows()).toMatchObject([{ id: moved.masterKeyId }]);
  expect((await openDataKey((await load()).keys, moved)).type).toBe("secret");
});

test("moving to KMS: the key from before reads on until everything is wrapped by KMS's", async () => {
  const given = generateMasterKey();
  const before = await loadMasterKey(
    database.db,
    masterKeySource(database.db, { masterKey: given, kmsKey: null }, path()),
  );
  await workspaceWith(before.keys);
  expect((await load(KEY, given)).keys.ids).toEqual(before.keys.ids);
  await source(KEY, given).add?.(async () => undefined);
  const both = await load(KEY, given);
  expect(both.keys.ids).toHaveLength(2);
  expect(await rewrapDataKeys(database.db, both.keys)).toBe(1);
  const alone = await load(KEY);
  expect(await countToRewrap(database.db, alone.keys)).toBe(0);
});

test("a blob of another key or another context is refused; several keys may be named while one is replaced", async () => {
  const { keys } = await load();
  await workspaceWith(keys);
  expect(await refusal(OTHER)).toMatch(/^StartError/);
  expect(await refusal(OTHER)).toContain("was not sealed by");
  expect((await load(`${OTHER}, ${KEY}`)).keys.current.id).toBe(keys.current.id);
  await database.db.update(masterKeys).set({ sealed: Buffer.from("no blob of theirs").toString("base64") });
  expect(await refusal()).toContain("was not sealed by");
});

test.each([
  ["AccessDeniedException", "refuses access"],
  ["NotFoundException", "has no key"],
  ["DisabledException", "is disabled"],
  ["KMSInternalException", "cannot be reached"],
])("%s: the start says what to do, and nothing that AWS said", async (failure, words) => {
  kms.failWith = failure;
  const said = await refusal();
  expect(said).toContain(words);
  expect(said).not.toContain("123456789012");
  expect(await database.db.$count(masterKeys, isNotNull(masterKeys.sealed))).toBe(0);
});

test("unreachable", async () => {
  await kms.close();
  expect(await refusal()).toContain("cannot be reached");
});

test("a database sealed by another key never gets a fresh one", async () => {
  await noteMasterKeys(database.db, ["0123456789abcdef"]);
  expect(await refusal()).toContain("is missing");
  expect(kms.requests).toEqual([]);
});
