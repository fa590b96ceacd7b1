import { expect, test } from "vitest";
import { resultParts, structuredOf } from "./result-parts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const one = (part: unknown) => resultParts({ content: [part] })[0];

test("text, and JSON on lines", () => {
  expect(one({ type: "text", text: "<b>hi</b>" })).toEqual({ kind: "text", text: "<b>hi</b>" });
  expect(one({ type: "text", text: '{"a":1}' })).toEqual({ kind: "text", text: '{\n  "a": 1\n}' });
  expect(structuredOf({ content: [], structuredContent: { a: 1 } })).toEqual({ a: 1 });
});

test("only pictures that are what they say become pictures", () => {
  expect(one({ type: "image", mimeType: "image/png", data: PNG })).toMatchObject({ kind: "image" });
  for (const [mimeType, data] of [
    ["image/svg+xml", Buffer.from("<svg onload=alert(1)>").toString("base64")],
    ["text/html", PNG],
    ["image/png", Buffer.from("<script>").toString("base64")],
    ["image/png", `${PNG}" onerror="x`],
    ["__proto__", PNG],
  ])
    expect(one({ type: "image", mimeType, data })).toMatchObject({ kind: "note" });
});

test("links and resources are text; what is odd is shown as it came", () => {
  expect(one({ type: "resource_link", uri: "javascript:alert(1)", name: "x" })).toMatchObject({
    kind: "link",
    name: "x",
  });
  expect(one({ type: "resource", resource: { uri: "a:b", blob: "AA==" } })).toMatchObject({ kind: "note" });
  expect(one({ type: "audio", mimeType: "audio/wav", data: "" })).toMatchObject({ kind: "note" });
  for (const odd of [null, 1, [], { type: "new", a: 1 }]) expect(one(odd)).toMatchObject({ kind: "text" });
  for (const odd of [null, 1, { content: 1 }]) expect(resultParts(odd)).toHaveLength(1);
});
