import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeHeaderValue, encodeHeaderValue } from "./header-value";
import { findParamMismatch, paramHeadersOf, paramHeaderValues } from "./param-headers";

const toolOf = (properties: unknown, more: object = {}) =>
  JSON.stringify({ name: "t", inputSchema: { type: "object", properties, ...more } });
const annotated = (name: unknown, type: unknown = "string") => ({ type, "x-mcp-header": name });

test("any text travels in a header that holds visible ASCII only", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const value = encodeHeaderValue(text);
      expect(value).toMatch(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/);
      expect(decodeHeaderValue(value)).toBe(text);
    }),
  );
});

test.each([
  ["us west 1", "us west 1"],
  ["Hello, 世界", "=?base64?SGVsbG8sIOS4lueVjA==?="],
  [" padded ", "=?base64?IHBhZGRlZCA=?="],
  ["", "=?base64??="],
  ["a\tb", "=?base64?YQli?="],
  ["=?base64?YQ==?=", "=?base64?PT9iYXNlNjQ/WVE9PT89?="],
  ["\uFEFFx", "=?base64?77u/eA==?="],
])("%j becomes %s", (text, value) => {
  expect(encodeHeaderValue(text)).toBe(value);
  expect(decodeHeaderValue(value)).toBe(text);
});

test.each(["=?base64?YQ=?=", "=?base64?Y!==?=", "=?base64?/w==?=", "=?base64?YQ?="])(
  "%s cannot be decoded",
  (value) => {
    expect(decodeHeaderValue(value)).toBeNull();
  },
);

test("annotations at any depth of properties are found, under lower-case names", () => {
  const definition = toolOf({
    region: annotated("Region"),
    options: {
      type: "object",
      properties: { deep: annotated("X-Deep", "integer"), flag: annotated("flag", "boolean") },
    },
    plain: { type: "string" },
  });
  expect(paramHeadersOf(definition)).toEqual(
    new Map([
      ["region", ["region"]],
      ["x-deep", ["options", "deep"]],
      ["flag", ["options", "flag"]],
    ]),
  );
  expect(paramHeadersOf(toolOf({ a: { type: "string" } }))).toEqual(new Map());
  expect(paramHeadersOf('{"name":"t"}')).toEqual(new Map());
});

test.each([
  ["empty", toolOf({ a: annotated("") })],
  ["no text", toolOf({ a: annotated(1) })],
  ["a space in it", toolOf({ a: annotated("My Region") })],
  ["a colon in it", toolOf({ a: annotated("Region:Primary") })],
  ["not ASCII", toolOf({ a: annotated("Région") })],
  ["a control character", toolOf({ a: annotated("Region\t1") })],
  ["a line break", toolOf({ a: annotated("a\r\nEvil") })],
  ["on an object", toolOf({ a: annotated("A", "object") })],
  ["on an array", toolOf({ a: annotated("A", "array") })],
  ["on null", toolOf({ a: annotated("A", "null") })],
  ["on a number", toolOf({ a: annotated("A", "number") })],
  ["on no type", toolOf({ a: { "x-mcp-header": "A" } })],
  ["on two types", toolOf({ a: annotated("A", ["string", "null"]) })],
  ["twice", toolOf({ a: annotated("A"), b: annotated("A") })],
  ["twice but for case", toolOf({ a: annotated("MyField"), b: annotated("myfield") })],
  ["at the root", toolOf({}, { "x-mcp-header": "A" })],
  ["below items", toolOf({ a: { type: "array", items: annotated("A") } })],
  ["below oneOf", toolOf({}, { oneOf: [{ properties: { a: annotated("A") } }] })],
  ["below $defs", toolOf({}, { $defs: { a: annotated("A") } })],
  ["below if", toolOf({}, { if: { properties: { a: annotated("A") } } })],
  ["below additionalProperties", toolOf({}, { additionalProperties: annotated("A") })],
])("an annotation that is %s makes the tool invalid", (_title, definition) => {
  expect(paramHeadersOf(definition)).toBe("invalid");
});

test("values are texts, what is absent or inexact is left out, and inherited keys are no arguments", () => {
  const definition = toolOf({
    s: annotated("S"),
    n: annotated("N", "integer"),
    big: annotated("Big", "integer"),
    b: annotated("B", "boolean"),
    nil: annotated("Nil"),
    constructor: annotated("C"),
    o: { type: "object", properties: { x: annotated("X") } },
  });
  const headers = paramHeadersOf(definition);
  if (headers === "invalid") throw new Error("valid");
  expect(paramHeaderValues(headers, { s: "ü", n: 42, big: 2 ** 60, b: false, nil: null, o: { x: "y" } })).toEqual({
    "mcp-param-s": "=?base64?w7w=?=",
    "mcp-param-n": "42",
    "mcp-param-b": "false",
    "mcp-param-x": "y",
  });
  expect(paramHeaderValues(headers, "no object")).toEqual({});
});

test("headers and arguments are compared as decoded texts, numbers as numbers", () => {
  const headers = new Map([
    ["region", ["region"]],
    ["n", ["n"]],
  ]);
  const compare = (args: unknown, sent: Record<string, string>) =>
    findParamMismatch(headers, args, (name) => sent[name] ?? null);
  expect(compare({ region: "us", n: 42 }, { "mcp-param-region": "us", "mcp-param-n": "42.0" })).toBeNull();
  expect(compare({ region: "ü" }, { "mcp-param-region": "=?base64?w7w=?=" })).toBeNull();
  expect(compare({ region: null }, { "mcp-param-region": "anything" })).toBeNull();
  expect(compare({ region: "us" }, {})).toBe("mcp-param-region");
  expect(compare({ region: "us" }, { "mcp-param-region": "eu" })).toBe("mcp-param-region");
  expect(compare({ region: "us" }, { "mcp-param-region": "=?base64?!?=" })).toBe("mcp-param-region");
  expect(compare({ n: 42 }, { "mcp-param-n": "0x2a" })).toBe("mcp-param-n");
});
