import { beforeAll, expect, test } from "vitest";
import { createDataKey, openDataKey, type WrappedDataKey } from "./data-key";
import { generateMasterKey, importMasterKeys, type MasterKeys } from "./master-keys";
import { openSecret, type SecretBinding, sealSecret } from "./secret";

const BINDING: SecretBinding = {
  workspaceId: "ws_1",
  serverId: "srv_1",
  origin: "https://a.example",
  name: "KEY",
  version: 1,
};
let masterKeys: MasterKeys;
let wrapped: WrappedDataKey;
let key: CryptoKey;

beforeAll(async () => {
  masterKeys = await importMasterKeys(generateMasterKey());
  wrapped = {
    id: "dek_1",
    workspaceId: "ws_1",
    ...(await createDataKey(masterKeys, { workspaceId: "ws_1", dataKeyId: "dek_1" })),
  };
  key = await openDataKey(masterKeys, wrapped);
});

test("a sealed value opens under its own binding", async () => {
  const sealed = await sealSecret(key, "sk-ü-123", BINDING);
  expect(sealed).toMatch(/^v1\.[\w-]{16}\.[\w-]+$/);
  expect(sealed).not.toBe(await sealSecret(key, "sk-ü-123", BINDING));
  expect(await openSecret(key, sealed, BINDING)).toBe("sk-ü-123");
});

test.each<Partial<SecretBinding>>([
  { workspaceId: "ws_2" },
  { serverId: "srv_2" },
  { origin: "https://b.example" },
  { name: "OTHER" },
  { version: 2 },
  { serverId: "srv_1https", origin: "://a.example" },
])("a row moved or rolled back to %j does not open", async (change) => {
  const sealed = await sealSecret(key, "value", BINDING);
  await expect(openSecret(key, sealed, { ...BINDING, ...change })).rejects.toThrow("Secret cannot be opened");
});

test("a member's own value opens for that member only; without a member nothing changes", async () => {
  const own = await sealSecret(key, "mine", { ...BINDING, memberId: "mem_1" });
  expect(await openSecret(key, own, { ...BINDING, memberId: "mem_1" })).toBe("mine");
  for (const memberId of ["mem_2", null, undefined])
    await expect(openSecret(key, own, { ...BINDING, memberId })).rejects.toThrow("Secret cannot be opened");
  const shared = await sealSecret(key, "ours", BINDING);
  expect(await openSecret(key, shared, { ...BINDING, memberId: null })).toBe("ours");
  await expect(openSecret(key, shared, { ...BINDING, memberId: "mem_1" })).rejects.toThrow("Secret cannot be opened");
});

test("every changed character and every malformed text fails with the same words", async () => {
  const sealed = await sealSecret(key, "v", BINDING);
  const flip = (i: number) => sealed.slice(0, i) + (sealed[i] === "A" ? "B" : "A") + sealed.slice(i + 1);
  const broken = [
    flip(3),
    flip(20),
    flip(30),
    "",
    "v1",
    `v2${sealed.slice(2)}`,
    `${sealed}.x`,
    "v1.!.!",
    "v1.AAAA.AAAA",
  ];
  for (const text of broken) await expect(openSecret(key, text, BINDING)).rejects.toThrow(/^Secret cannot be opened$/);
});

test("a data key opens only for its workspace and id, and never leaves the process", async () => {
  expect(key.extractable).toBe(false);
  for (const change of [{ id: "dek_2" }, { workspaceId: "ws_2" }, { wrapped: wrapped.wrapped.replace(/.$/, "") }]) {
    await expect(openDataKey(masterKeys, { ...wrapped, ...change })).rejects.toThrow("data key cannot be opened");
  }
});

test("an open data key is remembered for five minutes", async () => {
  expect(openDataKey(masterKeys, { ...wrapped })).toBe(openDataKey(masterKeys, wrapped));
});

test("a replaced master key still reads; a missing one says what to do", async () => {
  const [old, fresh] = [generateMasterKey(), generateMasterKey()];
  const before = await importMasterKeys(old);
  const row = {
    id: "dek_9",
    workspaceId: "ws_9",
    ...(await createDataKey(before, { workspaceId: "ws_9", dataKeyId: "dek_9" })),
  };
  expect((await openDataKey(await importMasterKeys(`${fresh},${old}`), row)).type).toBe("secret");
  await expect(openDataKey(await importMasterKeys(fresh), row)).rejects.toThrow("AEROSTACK_MASTER_KEY");
});
