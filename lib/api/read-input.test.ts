import { expect, test } from "vitest";
import { readInput } from "./read-input";

const read = (init: RequestInit & { url?: string } = {}) => {
  const url = new URL(init.url ?? "https://x.test/api/v1/workspaces");
  return readInput(new Request(url, { method: "POST", headers: { "content-type": "application/json" }, ...init }), url);
};

test("query and body are one input", async () => {
  expect(await read({ url: "https://x.test/a?confirm=x", body: '{"name":"y"}' })).toEqual({ confirm: "x", name: "y" });
  expect(await read()).toEqual({});
});

test("a key named __proto__ is a field like any other, and changes no object", async () => {
  const input = await read({ url: "https://x.test/a?__proto__=x" });
  expect(Object.keys(input)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
});

test.each([
  ["broken JSON", { body: "{" }, 400],
  ["an array", { body: "[]" }, 400],
  ["null", { body: "null" }, 400],
  ["bytes that are no UTF-8", { body: new Uint8Array([0x7b, 0xff, 0x7d]) }, 400],
  ["a parameter twice", { url: "https://x.test/a?x=1&x=2" }, 400],
  ["a field in query and body", { url: "https://x.test/a?x=1", body: '{"x":2}' }, 400],
  ["a form", { body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
  ["plain text", { body: "{}", headers: { "content-type": "text/plain" } }, 415],
  ["no type", { body: new Uint8Array([123, 125]), headers: {} }, 415],
  ["more than a mebibyte", { body: `{"a":"${"x".repeat(1 << 20)}"}` }, 413],
  [
    "a length that says more",
    { body: "{}", headers: { "content-type": "application/json", "content-length": "9999999" } },
    413,
  ],
])("%s is refused", async (_, init, status) => {
  await expect(read(init)).rejects.toMatchObject({ status });
});

test("a body without a stated length is counted while it is read", async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent++;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  await expect(read({ body, duplex: "half" } as RequestInit)).rejects.toMatchObject({ status: 413 });
  expect(sent).toBeLessThan(30);
});
