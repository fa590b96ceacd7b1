import { expect, test } from "vitest";
import { readArguments } from "./read-arguments";

const argument = (path: string[], more: object) => ({
  path,
  list: false,
  options: [],
  required: false,
  description: null,
  ...more,
});

test("single values with type, choices and need", () => {
  const schema = {
    type: "object",
    required: ["repo"],
    properties: {
      repo: { type: "string", description: "owner/name" },
      amount: { type: ["integer", "null"] },
      state: { enum: ["open", "closed"] },
      draft: { anyOf: [{ type: "boolean" }, { type: "null" }] },
      anything: {},
    },
  };
  expect(readArguments(schema)).toEqual([
    argument(["repo"], { kind: "string", required: true, description: "owner/name" }),
    argument(["amount"], { kind: "number" }),
    argument(["state"], { kind: "string", options: ["open", "closed"] }),
    argument(["draft"], { kind: "boolean" }),
    argument(["anything"], { kind: "unknown" }),
  ]);
});

test("inside objects, lists and shared types", () => {
  const schema = {
    $defs: { Label: { type: "object", required: ["name"], properties: { name: { type: "string" } } } },
    properties: {
      tags: { type: "array", items: { type: "string" } },
      labels: { type: "array", items: { $ref: "#/$defs/Label" } },
      filter: { type: "object", properties: { limit: { type: "number" } } },
    },
  };
  expect(readArguments(schema)).toEqual([
    argument(["tags"], { kind: "string", list: true }),
    argument(["labels", "name"], { kind: "string" }),
    argument(["filter", "limit"], { kind: "number" }),
  ]);
});

test("odd, endless and hostile schemas end in a bounded list", () => {
  for (const odd of [null, 1, "x", [], { properties: [] }, { properties: { a: 1, b: null } }])
    expect(readArguments(odd)).toEqual([]);
  const endless = { properties: { a: { $ref: "#" } } };
  expect(readArguments(endless)).toEqual([]);
  const wide = { properties: Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`a${n}`, { type: "string" }])) };
  expect(readArguments(wide)).toHaveLength(100);
  const loop = { $defs: { T: { properties: { t: { $ref: "#/$defs/T" }, x: { type: "string" } } } }, $ref: "#/$defs/T" };
  expect(readArguments({ ...loop, properties: { t: { $ref: "#/$defs/T" } } }).length).toBeLessThan(10);
  expect(readArguments(JSON.parse('{"properties":{"__proto__":{"type":"string"}}}'))).toHaveLength(1);
});
