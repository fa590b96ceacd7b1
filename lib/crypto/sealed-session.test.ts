import { expect, test } from "vitest";
import { generateMasterKey, importMasterKeys } from "./master-keys";
import { openJson, sealJson } from "./sealed-session";

test("a value opens with its own key and context only", async () => {
  const { session } = (await importMasterKeys(generateMasterKey())).current;
  const other = (await importMasterKeys(generateMasterKey())).current.session;
  const sealed = await sealJson(session, "mcp-session", { a: [1, "ä"] });
  expect(await openJson(session, "mcp-session", sealed)).toEqual({ a: [1, "ä"] });
  expect(await openJson(session, "else", sealed)).toBeNull();
  expect(await openJson(other, "mcp-session", sealed)).toBeNull();
  expect(await openJson(session, "mcp-session", `${sealed}A`)).toBeNull();
  expect(await openJson(session, "mcp-session", "garbage")).toBeNull();
});

test("the wrapping key cannot stand in for the session key", async () => {
  const { session, wrap } = (await importMasterKeys(generateMasterKey())).current;
  expect(await openJson(wrap, "c", await sealJson(session, "c", 1))).toBeNull();
});
