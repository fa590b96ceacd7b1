import { expect, test } from "vitest";
import { mintToken } from "@/lib/crypto/token";
import { SCAN_PATTERN } from "./scan-pattern";

test("finds a token inside a text, and nothing that is merely like one", async () => {
  const { token } = await mintToken("mwt");
  const found = (text: string) => new RegExp(SCAN_PATTERN).exec(text)?.[0];
  expect(found(`{"Authorization": "Bearer ${token}"}`)).toBe(token);
  expect(found(token.slice(0, -1))).toBeUndefined();
  expect(found(`${token}0`)).toBeUndefined();
});
