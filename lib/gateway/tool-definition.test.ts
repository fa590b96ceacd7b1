import { ListToolsResultSchema } from "@modelcontextprotocol/sdk/types.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { showDefinition } from "./tool-definition";

const shown = (definition: string, more: Partial<Parameters<typeof showDefinition>[1]> = {}) =>
  showDefinition(definition, { name: "s__t", description: null, era: "legacy", unstructured: false, ...more });
const legacy = (fields: object) =>
  JSON.parse(shown(JSON.stringify({ name: "t", inputSchema: { type: "object" }, ...fields })) ?? "") as Record<
    string,
    unknown
  >;

describe("what every client reads stays to the byte", () => {
  const good =
    '{ "title":"T", "name" : "t","inputSchema":{"type":"object","properties":{"a":{"x-odd":1.0}}},"icons":[{"src":"data:"}],"x":1e2 }';
  test.each(["legacy", "modern"] as const)("%s", (era) => {
    expect(shown(good, { era })).toBe(good.replace('"t"', '"s__t"').trimEnd());
  });
});

test.each<[string, object]>([
  ["title", { title: 1 }],
  ["description", { description: null }],
  ["annotations", { annotations: { readOnlyHint: "yes" } }],
  ["annotations", { annotations: [] }],
  ["execution", { execution: { taskSupport: "sometimes" } }],
  ["icons", { icons: [{ src: "a", sizes: "48x48" }] }],
  ["icons", { icons: {} }],
  ["_meta", { _meta: "x" }],
  ["outputSchema", { outputSchema: { type: "array" } }],
  ["outputSchema", { outputSchema: true }],
  ["outputSchema", { outputSchema: { type: "object", required: "all" } }],
])("an odd %s is put aside", (key, fields) => {
  const seen = legacy(fields);
  expect(seen).not.toHaveProperty(key);
  expect(seen).toHaveProperty(`x-${key}`);
});

test.each<[unknown, unknown]>([
  [undefined, { type: "object" }],
  [true, { type: "object" }],
  [{}, { type: "object" }],
  [{ anyOf: [{}] }, { anyOf: [{}], type: "object" }],
  [
    { type: ["object", "null"], "x-k": 1 },
    { type: "object", "x-k": 1 },
  ],
  [
    { type: "object", properties: { a: true, b: false, c: { type: "string" } } },
    { type: "object", properties: { a: {}, b: { not: {} }, c: { type: "string" } } },
  ],
  [
    { type: "object", properties: [], required: [1] },
    { type: "object", properties: {}, required: [] },
  ],
])("inputSchema %j becomes %j", (inputSchema, expected) => {
  expect(legacy({ inputSchema }).inputSchema).toEqual(expected);
});

test("modern clients take booleans as schemas, and structure of any kind where it is promised", () => {
  const inputSchema = { type: "object", properties: { a: true } };
  const definition = JSON.stringify({ name: "t", inputSchema, outputSchema: { type: "array" } });
  expect(JSON.parse(shown(definition, { era: "modern" }) ?? "")).toEqual({
    name: "s__t",
    inputSchema,
    outputSchema: { type: "array" },
  });
  expect(shown(definition, { era: "modern", unstructured: true })).toContain('"x-outputSchema"');
});

test("an admin's text stands in place of whatever the server says", () => {
  for (const own of ['"Mine"', "7", null]) {
    const definition = `{"name":"t"${own === null ? "" : `,"description":${own}`},"inputSchema":{"type":"object"}}`;
    expect(JSON.parse(shown(definition, { description: 'Ours "quoted"' }) ?? "")).toMatchObject({
      description: 'Ours "quoted"',
    });
  }
});

test.each(["[", "[]", "null", '"t"', "{}", '{"name":"a","name":"b"}'])("%s is no tool", (definition) => {
  expect(shown(definition)).toBeNull();
});

test("whatever a definition holds, the official SDK reads the list", () => {
  const keys = fc.constantFrom(
    "title",
    "description",
    "icons",
    "annotations",
    "execution",
    "_meta",
    "inputSchema",
    "outputSchema",
    "other",
  );
  const value = fc.oneof(
    fc.jsonValue(),
    fc.record({
      type: fc.constantFrom("object", "array", 1),
      properties: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()),
      required: fc.jsonValue(),
    }),
    fc.record({ readOnlyHint: fc.oneof(fc.boolean(), fc.jsonValue()), title: fc.jsonValue() }),
    fc.array(fc.record({ src: fc.string(), sizes: fc.jsonValue(), theme: fc.constantFrom("dark", "blue") })),
  );
  fc.assert(
    fc.property(fc.dictionary(keys, value), (fields) => {
      const definition = shown(JSON.stringify({ name: "t", ...fields }));
      expect(definition).not.toBeNull();
      expect(ListToolsResultSchema.safeParse({ tools: [JSON.parse(definition ?? "")] }).success).toBe(true);
    }),
    { numRuns: 150 },
  );
});
