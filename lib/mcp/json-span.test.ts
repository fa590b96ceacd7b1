import fc from "fast-check";
import { expect, test } from "vitest";
import { elementTexts, jsonDepth, splice, topLevelSpans } from "./json-span";

const blanks = fc.stringMatching(/^[ \n\r\t]{0,3}$/);
/** JSON text of a value with blanks sprinkled between its top-level parts. */
const spaced = fc
  .tuple(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { noNullPrototype: true }), blanks)
  .map(([value, blank]) => {
    const members = Object.entries(value).map(
      ([key, member]) =>
        `${blank}${JSON.stringify(key)}${blank}:${blank}${JSON.stringify(member, null, blank)}${blank}`,
    );
    return { value, text: `${blank}{${members.length > 0 ? members.join(",") : blank}}${blank}` };
  });

test("spans name the same members with the same values as JSON.parse", () => {
  fc.assert(
    fc.property(spaced, ({ text }) => {
      const parsed = JSON.parse(text) as Record<string, unknown>;
      const spans = topLevelSpans(text);
      expect([...spans.keys()].sort()).toEqual(Object.keys(parsed).sort());
      for (const [key, span] of spans)
        expect(JSON.parse(text.slice(span.valueStart, span.valueEnd))).toEqual(parsed[key]);
    }),
    { numRuns: 500 },
  );
});

test("a spliced member changes, all other bytes stay", () => {
  fc.assert(
    fc.property(spaced, fc.jsonValue(), ({ text }, fresh) => {
      for (const [key, span] of topLevelSpans(text)) {
        const edited = splice(text, [{ start: span.valueStart, end: span.valueEnd, text: JSON.stringify(fresh) }]);
        expect(edited.slice(0, span.valueStart)).toBe(text.slice(0, span.valueStart));
        expect(edited.endsWith(text.slice(span.valueEnd))).toBe(true);
        expect(JSON.parse(edited)).toEqual({ ...JSON.parse(text), [key]: JSON.parse(JSON.stringify(fresh)) });
      }
    }),
  );
});

test("elements are cut as JSON.parse reads them", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 3 })), blanks, (value, blank) => {
      const text = `${blank}[${value.map((item) => `${blank}${JSON.stringify(item)}${blank}`).join(",")}]`;
      expect(elementTexts(text).map((item) => JSON.parse(item))).toEqual(JSON.parse(text));
    }),
  );
});

test("depth equals a recursive count, and the scan never throws", () => {
  const depthOf = (value: unknown): number =>
    typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => jsonDepth(JSON.stringify(value)) === depthOf(value)));
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'{}[]"\\a,:1 ') }), (text) => jsonDepth(text) >= 0));
});

test("the scan of a bomb stops at once and costs no stack", () => {
  const bomb = "[".repeat(5_000_000);
  const before = performance.now();
  expect(jsonDepth(bomb, 64)).toBe(65);
  expect(performance.now() - before).toBeLessThan(50);
  expect(topLevelSpans(`{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`).get("a")?.valueEnd).toBe(400_005);
  expect(() => topLevelSpans('{"a":[[[1]]]}', 2)).toThrow("nested too deeply");
  expect(topLevelSpans('{"a":[[1]]}', 2).size).toBe(1);
});

test.each(['{"a":1,"a":2}', '{"id":1,"\\u0069d":2}', '{"a":1,"b":{},"a":null}'])(
  "a key given twice is refused: %s",
  (text) => {
    expect(() => topLevelSpans(text)).toThrow("twice");
  },
);

test("a key may repeat further inside, and braces in strings count for nothing", () => {
  const text = '{"a":{"a":1,"a":2},"b":"}\\\\\\"{[","c":"\\\\"}';
  const spans = topLevelSpans(text);
  expect([...spans.keys()]).toEqual(["a", "b", "c"]);
  expect(jsonDepth(text)).toBe(2);
});

test.each([
  "",
  " ",
  "1",
  "[]",
  "null",
  '"{}"',
  "{",
  '{"a"',
  '{"a":',
  '{"a":}',
  '{"a":1',
  '{"a":1,}',
  "{} x",
  "{}{}",
  '{"a":"',
  '{"a":[1}',
  "{a:1}",
])("what is no object is refused: %j", (text) => {
  expect(() => topLevelSpans(text)).toThrow(SyntaxError);
});

test("any text gives spans or a SyntaxError, and never loops", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]"\\a,:1 ') }), (text) => {
      let valid = true;
      try {
        valid = !Array.isArray(JSON.parse(text)) && typeof JSON.parse(text) === "object" && JSON.parse(text) !== null;
      } catch {
        valid = false;
      }
      try {
        topLevelSpans(text);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
        if (valid) expect((error as Error).message).toContain("twice");
      }
    }),
    { numRuns: 2_000 },
  );
});
