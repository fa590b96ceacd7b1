import { expect, test } from "vitest";
import { generateMasterKey, importMasterKeys } from "./master-keys";
import { openJson, sealJson } from "./sealed-session";

test("a value opens with its own key and context only", async () => {
  const keys = await importMasterKeys(generateMasterKey());
  const others = await importMasterKeys(generateMasterKey());
  const sealed = await sealJson(keys, "mcp-session", { a: [1, "ä"] });
  expect(await openJson(keys, "mcp-session", sealed)).toEqual({ a: [1, "ä"] });
  expect(await openJson(keys, "else", sealed)).toBeNull();
  expect(await openJson(others, "mcp-session", sealed)).toBeNull();
  const underOther = sealed.replace(keys.current.id, others.current.id);
  expect(await openJson(others, "mcp-session", underOther)).toBeNull();
  for (const garbage of [`${sealed}A`, "garbage", "", ".", `${keys.current.id}.`, `${keys.current.id}.garbage`])
    expect(await openJson(keys, "mcp-session", garbage), garbage).toBeNull();
});

test("a text outlives the rotation of its key", async () => {
  const [first, second] = [generateMasterKey(), generateMasterKey()];
  const sealed = await sealJson(await importMasterKeys(first), "c", 1);
  expect(await openJson(await importMasterKeys(`${second},${first}`), "c", sealed)).toBe(1);
});

test("the wrapping key cannot stand in for the session key", async () => {
  const keys = await importMasterKeys(generateMasterKey());
  const wrong = { ...keys.current, session: keys.current.wrap };
  const sealed = await sealJson(keys, "c", 1);
  expect(await openJson({ current: wrong, ids: keys.ids, get: () => wrong }, "c", sealed)).toBeNull();
});
