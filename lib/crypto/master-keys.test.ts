import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { generateMasterKey, importMasterKeys } from "./master-keys";

const ZERO = btoa("\0".repeat(32));

test("a key's id is stable and its handles cannot be exported", async () => {
  const keys = await importMasterKeys(ZERO);
  expect(keys.current.id).toMatch(/^[0-9a-f]{16}$/);
  expect(keys.current.id).toBe((await importMasterKeys(` ${ZERO} `)).current.id);
  expect(keys.current.wrap.extractable).toBe(false);
  expect(keys.current.session.extractable).toBe(false);
});

test("of several keys the first writes and all can be found", async () => {
  const [first, second] = [generateMasterKey(), generateMasterKey()];
  const keys = await importMasterKeys(`${first}, ${second}`);
  const other = await importMasterKeys(second);
  expect(keys.get(other.current.id)?.id).toBe(other.current.id);
  expect(keys.current.id).not.toBe(other.current.id);
  expect(keys.get("0000000000000000")).toBeUndefined();
});

test.each(["", "short", "not base64 at all", `${ZERO},`, `${ZERO},c2hvcnQ=`, btoa("x".repeat(33))])(
  "refuses %j without quoting it",
  async (text) => {
    const error = await importMasterKeys(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe("invalid");
    if (text) expect((error as AppError).message).not.toContain(text);
  },
);

test("the message tells which of several keys is malformed", async () => {
  await expect(importMasterKeys(`${ZERO},c2hvcnQ=`)).rejects.toThrow("Master key 2 of 2");
});

test("a generated key is 32 bytes in base64 and never the same", async () => {
  expect(generateMasterKey()).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(generateMasterKey()).not.toBe(generateMasterKey());
});
