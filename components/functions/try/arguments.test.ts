import { expect, test } from "vitest";
import type { ToolArgument } from "@/lib/services/tool/view";
import { collect, collectJson, fieldsOf, readable } from "./arguments";

const argument = (path: string[], rest: Partial<ToolArgument> = {}): ToolArgument => ({
  path,
  kind: "string",
  list: false,
  options: [],
  required: false,
  description: null,
  ...rest,
});

const FIELDS = fieldsOf([
  argument(["text"], { required: true, description: "What to say" }),
  argument(["count"], { kind: "number" }),
  argument(["loud"], { kind: "boolean" }),
  argument(["level"], { kind: "number", options: [1, 2] }),
  argument(["tags"], { list: true }),
  argument(["at", "city"], { required: true }),
  argument(["at", "zip"]),
]);

test("each argument gets the input that fits it; what has parts is JSON", () => {
  expect(FIELDS.map(({ name, input, required }) => [name, input, required])).toEqual([
    ["text", "text", true],
    ["count", "number", false],
    ["loud", "boolean", false],
    ["level", "choice", false],
    ["tags", "json", false],
    ["at", "json", true],
  ]);
});

test("what was typed becomes values of the right kind; empty fields are left out", () => {
  const typed = { text: "hi", count: "2.5", loud: "false", level: "2", tags: '["a"]', at: '{"city": "Bern"}' };
  expect(collect(FIELDS, typed)).toEqual({
    ok: true,
    value: { text: "hi", count: 2.5, loud: false, level: 2, tags: ["a"], at: { city: "Bern" } },
  });
  expect(collect(FIELDS, { at: "{}" })).toEqual({ ok: true, value: { text: "", at: {} } });
});

test("a fault names its field", () => {
  expect(collect(FIELDS, { text: "a" })).toMatchObject({ ok: false, field: "at" });
  expect(collect(FIELDS, { at: "{" })).toMatchObject({ ok: false, field: "at" });
  expect(collect(FIELDS, { count: "many", at: "{}" })).toMatchObject({ ok: false, field: "count" });
});

test("one JSON object, and nothing else", () => {
  expect(collectJson("")).toEqual({ ok: true, value: {} });
  expect(collectJson('{"a": 1}')).toEqual({ ok: true, value: { a: 1 } });
  for (const bad of ["[]", "null", "1", "{"]) expect(collectJson(bad).ok).toBe(false);
});

test("a result is shown as its text, JSON set out on lines, and whole where it has other parts", () => {
  expect(readable('{"content":[{"type":"text","text":"Hello"}]}')).toBe("Hello");
  expect(readable('{"content":[{"type":"text","text":"{\\"a\\":1}"}]}')).toBe('{\n  "a": 1\n}');
  expect(readable('{"content":[{"type":"image","data":"x"}]}')).toContain('"image"');
  expect(readable("oops")).toBe("oops");
});
