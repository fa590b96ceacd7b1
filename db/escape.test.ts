import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { storable, storableJson } from "./escape";

/** Pieces that a careless escape would mix up. */
const hostile = fc
  .array(
    fc.constantFrom(
      "\0",
      "\ud800",
      "\udc00",
      "\ud83d\ude00",
      "\\",
      "\\\\",
      "u0000",
      "ud800",
      "\\u0000",
      "\\ud800",
      "a",
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

describe("storable", () => {
  it("leaves ordinary text alone", () => {
    for (const text of ["echo", "DOMAIN\\alice", "C:\\users\\u", "naïve 😀", "\\n"]) expect(storable(text)).toBe(text);
  });

  it("shows NUL and lone surrogates", () => {
    expect(storable("a\0b")).toBe("a\\u0000b");
    expect(storable("\ud800x\udfff")).toBe("\\ud800x\\udfff");
  });

  it("never gives what Postgres refuses", () => {
    fc.assert(fc.property(hostile, (text) => !/\0|\p{Surrogate}/u.test(storable(text))));
  });

  it("keeps different texts different", () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => a === b || storable(a) !== storable(b)),
      { numRuns: 20_000 },
    );
  });
});

describe("storableJson", () => {
  it("escapes strings at any depth and nothing else", () => {
    const value = [{ tool: "a\0b", list: ["\ud800"], n: 1, none: null }];
    expect(JSON.parse(storableJson(value))).toEqual([{ tool: "a\\u0000b", list: ["\\ud800"], n: 1, none: null }]);
    expect(storableJson([{ tool: "a\\b", text: "😀" }])).toBe(JSON.stringify([{ tool: "a\\b", text: "😀" }]));
  });
});
