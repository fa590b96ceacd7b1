import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "./crc32";
import { hashToken, isWellFormed, mintToken, TOKEN_PATTERN } from "./token";

test("CRC-32 equals zlib's", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme-ascii" }), (ascii) => crc32(ascii) === zlibCrc32(ascii)));
});

test("a minted token is well-formed, hashed and hinted", async () => {
  const { token, hash, hint } = await mintToken("mwt");
  expect(token).toMatch(TOKEN_PATTERN);
  expect(token).toHaveLength(53);
  expect(isWellFormed(token, "mwt")).toBe(true);
  expect(isWellFormed(token, "aak")).toBe(false);
  expect(hash).toBe(await hashToken(token));
  expect(hash).toMatch(/^[\w-]{43}$/);
  expect(hint).toBe(token.slice(0, 8));
});

test("every single wrong character is refused", async () => {
  const { token } = await mintToken("mwt");
  for (let i = 4; i < token.length; i++) {
    const wrong = token.slice(0, i) + (token[i] === "a" ? "b" : "a") + token.slice(i + 1);
    expect(isWellFormed(wrong, "mwt")).toBe(false);
  }
});

test("folded, padded and foreign texts are refused", async () => {
  const { token } = await mintToken("aak");
  expect(isWellFormed(token, "aak")).toBe(true);
  for (const wrong of [
    token.toLowerCase(),
    `${token}\n`,
    ` ${token}`,
    token.slice(0, -1),
    "",
    "aak_",
    `aak_${"a".repeat(12_000)}`,
  ]) {
    expect(isWellFormed(wrong, "aak")).toBe(false);
  }
});
