import fc from "fast-check";
import { expect, test } from "vitest";
import { concat, fromBase64, hex, lengthPrefixed, sha256, sha256Base64url, text, toBase64url, utf8 } from "./bytes";

test("base64url survives any bytes, at every length around a chunk", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(fromBase64(toBase64url(bytes))).toEqual(bytes);
    }),
  );
  const large = new Uint8Array(20_001).map((_, i) => i % 251);
  expect(fromBase64(toBase64url(large))).toEqual(large);
});

test("base64 with padding and the other alphabet reads the same", () => {
  expect(fromBase64("+/8=")).toEqual(fromBase64("-_8"));
  expect(() => fromBase64("a b")).toThrow("Not base64");
});

test("length-prefixed lists never collide when characters move between parts", () => {
  const lists = fc.array(fc.string({ maxLength: 5, unit: fc.constantFrom("a", "b", "\0", "\x01", "ä", "😀") }), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(lists, lists, (a, b) => {
      fc.pre(JSON.stringify(a) !== JSON.stringify(b));
      expect(hex(lengthPrefixed(a))).not.toBe(hex(lengthPrefixed(b)));
    }),
  );
  expect(hex(lengthPrefixed(["a", "bc"]))).not.toBe(hex(lengthPrefixed(["ab", "c"])));
});

test("SHA-256 of the standard vector", async () => {
  expect(hex(await sha256("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(await sha256(utf8("abc"))).toEqual(await sha256("abc"));
  expect(await sha256Base64url("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
});

test("text refuses bytes that are no UTF-8", () => {
  expect(text(concat([utf8("ä"), utf8("\ufeff€")]))).toBe("ä\ufeff€");
  expect(() => text(new Uint8Array([0xff]))).toThrow(TypeError);
});
