import { expect, test } from "vitest";
import { writeModern } from "./modern-envelope";
import { envelopeOf, withEnvelope, withoutModernMeta, withoutSubscription } from "./request-meta";

const CLAIM = '"io.modelcontextprotocol/protocolVersion":"2026-07-28"';
const envelope = envelopeOf({ elicitation: {} });

test("an envelope names version, gateway and capabilities", () => {
  expect(JSON.parse(`{${envelope}}`)).toEqual({
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "aerostack", version: expect.any(String) },
    "io.modelcontextprotocol/clientCapabilities": { elicitation: {} },
  });
});

test.each([
  [undefined, `{"_meta":{${envelope}}}`],
  ["{ }", `{"_meta":{${envelope}}}`],
  ['{ "a":1.0}', `{"_meta":{${envelope}}, "a":1.0}`],
  ['{"a":1.0,"_meta":{}}', `{"a":1.0,"_meta":{${envelope}}}`],
  [
    `{"_meta":{${CLAIM}, "io.modelcontextprotocol/logLevel":"info" ,"traceparent" : "00-1"},"a":1}`,
    `{"_meta":{${envelope},"io.modelcontextprotocol/logLevel":"info","traceparent" : "00-1"},"a":1}`,
  ],
  ['{"_meta":[1]}', `{"_meta":{${envelope}}}`],
  ['{"_meta":{"a":1,"a":2}}', `{"_meta":{${envelope}}}`],
])("%s gets the envelope", (params, expected) => {
  expect(withEnvelope(params, envelope, 5)).toEqual({ params: expected, token: null });
});

test("a spelling of a key cannot bring a second claim, and the progress token is the request's id", () => {
  const params = '{"_meta":{"io.modelcontextprotocol\\/protocolVersion":"1","progress\\u0054oken":"t\\u00e9"}}';
  expect(withEnvelope(params, envelope, 5)).toEqual({
    params: `{"_meta":{${envelope},"progressToken":5}}`,
    token: '"t\\u00e9"',
  });
});

test.each(["[]", '"x"', '{"a":1,"a":2}'])("the params %s are refused", (params) => {
  expect(() => withEnvelope(params, envelope, 1)).toThrow(SyntaxError);
});

test.each([
  ["tools/call", '{"name":"a b","arguments":{}}', "a b"],
  ["prompts/get", '{"name":"ü"}', "=?base64?w7w=?="],
  ["resources/read", '{"uri":"file:///a%20b"}', "file:///a%20b"],
  ["tasks/get", '{"taskId":"t1"}', "t1"],
  ["tools/list", '{"name":"x"}', undefined],
  ["tools/call", '{"name":1}', undefined],
])("%s repeats its name in a header", (method, params, name) => {
  const { headers, body } = writeModern(3, method, params, envelope);
  expect(headers).toEqual({ "mcp-method": method, ...(name !== undefined && { "mcp-name": name }) });
  expect(JSON.parse(body)).toMatchObject({ jsonrpc: "2.0", id: 3, method });
});

test("an older server gets nothing of the envelope, and the rest byte for byte", () => {
  const rest = '"traceparent" : "00-1"';
  expect(withoutModernMeta(`{"a":1.0,"_meta":{${envelope},${rest}},"z":[ ]}`)).toBe(
    `{"a":1.0,"_meta":{${rest}},"z":[ ]}`,
  );
  expect(withoutModernMeta(`{"_meta":{${CLAIM}}}`)).toBe('{"_meta":{}}');
  for (const params of [undefined, "{}", '{"_meta":{"a":1}}', '{"text":"io.modelcontextprotocol/x"}', '{"_meta":1}'])
    expect(withoutModernMeta(params)).toBe(params);
});

test("what a listen brings loses its subscription's id", () => {
  const id = '"io.modelcontextprotocol/subscriptionId":"listen:0"';
  const head = '{"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"a:b"';
  expect(withoutSubscription(`${head},"_meta":{${id}}}}`)).toBe(`${head}}}`);
  expect(withoutSubscription(`${head},"_meta":{"x":1.0,${id}}}}`)).toBe(`${head},"_meta":{"x":1.0}}}`);
  expect(withoutSubscription(`${head}}}`)).toBe(`${head}}}`);
});
