import { expect, test } from "vitest";
import { createDataKey, openDataKey, rewrapDataKey } from "./data-key";
import { liveMasterKeys } from "./live-master-keys";
import { findMasterKey, generateMasterKey, importMasterKeys, type MasterKeys } from "./master-keys";

const OLD = generateMasterKey();
const NEW = generateMasterKey();
const owner = { workspaceId: "ws_1", dataKeyId: "dek_1" };
const row = (wrapped: { masterKeyId: string; wrapped: string }) => ({ id: "dek_1", workspaceId: "ws_1", ...wrapped });

test("a key that the source has meanwhile is found by its id, and writes from then on", async () => {
  const old = await importMasterKeys(OLD);
  const both = await importMasterKeys(`${NEW},${OLD}`);
  let source: MasterKeys | null = null;
  const live = liveMasterKeys(old, async () => source);
  const before = await createDataKey(live, owner);
  expect(live.current.id).toBe(old.current.id);
  source = both;
  const moved = await rewrapDataKey(both, row(before));
  expect(moved.masterKeyId).toBe(both.current.id);
  expect((await openDataKey(live, row(moved))).type).toBe("secret");
  expect(live.ids).toEqual([both.current.id, old.current.id]);
  expect((await openDataKey(live, row(before))).type).toBe("secret");
});

test("unknown ids read the source ten times a second at most, and a failing source keeps the known keys", async () => {
  const old = await importMasterKeys(OLD);
  let reads = 0;
  let now = 0;
  const errors: unknown[] = [];
  const read = async () => {
    reads += 1;
    throw new Error("gone");
  };
  const live = liveMasterKeys(old, read, { now: () => now, onError: (error) => errors.push(error) });
  for (let i = 0; i < 50; i++) expect(await findMasterKey(live, "0000000000000000")).toBeUndefined();
  expect(reads).toBe(1);
  now = 100;
  await Promise.all([live.refresh?.(), live.refresh?.(), live.refresh?.()]);
  expect(reads).toBe(2);
  expect(errors).toHaveLength(2);
  expect(live.get(old.current.id)).toBe(old.current);
});

test("a data key moves to the current master key and opens the same; with the old one alone it does not", async () => {
  const old = await importMasterKeys(OLD);
  const before = await createDataKey(old, owner);
  const moved = row(await rewrapDataKey(await importMasterKeys(`${NEW},${OLD}`), row(before)));
  const iv = new Uint8Array(12);
  const text = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv },
    await openDataKey(old, row(before)),
    new Uint8Array(3),
  );
  const key = await openDataKey(await importMasterKeys(NEW), moved);
  expect(new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, text))).toEqual(new Uint8Array(3));
  await expect(openDataKey(old, moved)).rejects.toThrow("is not configured");
});
