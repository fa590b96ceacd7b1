import fc from "fast-check";
import { expect, test } from "vitest";
import { cutResult, jsonOf, textOf } from "./cut-result";

const text = (value: string, more = {}) => ({ type: "text", text: value, ...more });
const json = (value: object) => JSON.stringify(value);
const cut = (result: object, cap: number) => {
  const found = cutResult(json(result), cap);
  return (
    found && {
      ...found,
      result: JSON.parse(found.json("NOTE")) as { content: { text: string }[] } & Record<string, unknown>,
    }
  );
};

test("what fits is left alone", () => {
  expect(cut({ content: [text("abc")] }, 3)).toBeNull();
  expect(cut({ content: [], structuredContent: { a: 1 } }, 7)).toBeNull();
  expect(cut({ resultType: "input_required", content: [text("long")] }, 1)).toBeNull();
});

test("text ends at the bound, and what follows is left out; all else stays to the byte", () => {
  const result = `{"isError":false,"content":[{"type":"text","text":"ab","x":1.0},{"type":"image","data":"AAAA"},{"type":"text","text":"cdef","annotations":{"n":1e2}},{"type":"text","text":"g"}],"_meta":{"k":1.0}}`;
  const found = cutResult(result, 4);
  expect(found).toMatchObject({ shown: 5, whole: 9, onlyStructure: false });
  expect(found?.json("N")).toBe(
    `{"isError":false,"content":[{"type":"text","text":"ab","x":1.0},{"type":"image","data":"AAAA"},{"type":"text","text":"cd","annotations":{"n":1e2}},{"type":"text","text":"N"}],"_meta":{"k":1.0}}`,
  );
  expect(textOf(result)).toBe("ab\ncdef\ng");
});

test("embedded resources are text too; links go whole or not at all", () => {
  const resource = { type: "resource", resource: { uri: "a:b", text: "abcdef" } };
  const link = { type: "resource_link", uri: "a:b", name: "n" };
  expect(cut({ content: [resource] }, 3)?.result.content).toEqual([
    { type: "resource", resource: { uri: "a:b", text: "abc" } },
    text("NOTE"),
  ]);
  const found = cut({ content: [text("ab"), link, text("c")] }, 10);
  expect(found?.result.content).toEqual([text("ab"), text("NOTE")]);
  expect(textOf(json({ content: [text("ab"), link, text("c")] })).slice(found?.shown)).toBe(`${json(link)}\nc`);
});

test("structured content goes where it is too long or its text was cut", () => {
  const whole = { content: [text("short")], structuredContent: { list: [1, 2, 3, 4, 5, 6] } };
  expect(cut(whole, 10)).toMatchObject({
    onlyStructure: true,
    shown: 5,
    result: { content: [text("short"), text("NOTE")] },
  });
  expect(cut(whole, 10)?.result).not.toHaveProperty("structuredContent");
  expect(cut({ structuredContent: { a: 1 }, content: [text("too long")] }, 7)?.result).toEqual({
    content: [text("too lon"), text("NOTE")],
  });
  expect(cut({ structuredContent: { a: "long enough" } }, 5)?.result).toEqual({
    content: [text('{"a":'), text("NOTE")],
  });
});

test("a path leads into structured content, else into text that is JSON, else into each text that is", () => {
  expect(jsonOf(json({ content: [text("x")], structuredContent: { a: 1 } }))).toEqual({ a: 1 });
  expect(jsonOf(json({ content: [text('{"b":2}')] }))).toEqual({ b: 2 });
  expect(jsonOf(json({ content: [text("1"), text("[2]")] }))).toEqual([1, [2]]);
  expect(jsonOf(json({ content: [text("words")] }))).toBeUndefined();
});

test("no character is cut in two, and shown and rest are the whole", () => {
  const block = fc.oneof(
    fc.string({ unit: "grapheme" }).map((value) => text(value)),
    fc.string().map((value) => ({ type: "resource", resource: { uri: "a:b", text: value } })),
    fc.constant({ type: "image", data: "AAAA", mimeType: "image/png" }),
  );
  fc.assert(
    fc.property(fc.array(block, { minLength: 1 }), fc.integer({ min: 1, max: 40 }), (content, cap) => {
      const whole = textOf(json({ content }));
      const found = cut({ content }, cap);
      if (found === null) return;
      const left = textOf(json({ content: found.result.content.slice(0, -1) }));
      expect(whole.slice(0, found.shown).trimEnd()).toBe(left.trimEnd());
      expect(found.whole).toBe(whole.length);
      expect(left.length - left.split("\n").length).toBeLessThanOrEqual(cap);
    }),
  );
});
