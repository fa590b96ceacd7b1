import { expect, test } from "vitest";
import { progressTokenOf, readMessage, restoreToken, writeAnswer, writeRequest } from "./envelope";

test("a request without a progress token is wrapped, not touched", () => {
  expect(writeRequest(7, "tools/call", '{ "a":1 }').body).toBe(
    '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{ "a":1 }}',
  );
  expect(writeRequest(8, "ping", undefined).body).toBe('{"jsonrpc":"2.0","id":8,"method":"ping"}');
  for (const params of [
    '{"progressToken":1}',
    '{"a":{"_meta":{"progressToken":1}}}',
    '{"_meta":["progressToken"]}',
    '{"_meta":{"x":"progressToken"}}',
  ]) {
    expect(writeRequest(9, "m", params)).toEqual({
      id: 9,
      token: null,
      body: `{"jsonrpc":"2.0","id":9,"method":"m","params":${params}}`,
    });
  }
});

test("a progress token is replaced by the id, and its bytes are kept", () => {
  const out = writeRequest(5, "m", '{"x":1.0,"_meta":{"progressToken" : "a\\"b" ,"y":2},"z":[]}');
  expect(out.token).toBe('"a\\"b"');
  expect(out.body).toContain('"params":{"x":1.0,"_meta":{"progressToken" : 5 ,"y":2},"z":[]}}');
});

test("a notification gets the caller's token back", () => {
  const json = '{"method":"notifications/progress","params":{"progress":1,"progressToken":5},"jsonrpc":"2.0"}';
  expect(progressTokenOf({ method: "notifications/progress", json })).toBe("5");
  expect(progressTokenOf({ method: "notifications/message", json })).toBeNull();
  expect(restoreToken(json, '"t"')).toBe(json.replace("5", '"t"'));
});

test("messages are told apart", () => {
  expect(readMessage('{"jsonrpc":"2.0","id":1,"result":{"a":1}}')).toEqual({
    kind: "reply",
    id: "1",
    member: "result",
    json: '{"a":1}',
  });
  expect(readMessage('{"jsonrpc":"2.0","id":"1","error":{"code":1}}')).toEqual({
    kind: "reply",
    id: '"1"',
    member: "error",
    json: '{"code":1}',
  });
  expect(readMessage('{"jsonrpc":"2.0","id":1,"method":"ping"}')).toEqual({ kind: "request", id: "1", method: "ping" });
  expect(readMessage('{"jsonrpc":"2.0","method":"x"}')).toEqual({
    kind: "notification",
    method: "x",
    json: '{"jsonrpc":"2.0","method":"x"}',
  });
});

test.each([
  "",
  "null",
  "[]",
  "{}",
  '{"id":1,"result":{}}',
  '{"jsonrpc":"2.0","id":1}',
  '{"jsonrpc":"2.0","result":{}}',
  '{"jsonrpc":"2.0","id":1,"result":null}',
  '{"jsonrpc":"2.0","method":1}',
  '{"jsonrpc":"2.0","id":1,"result":{"a":01}}',
])("%j is no message", (text) => {
  expect(() => readMessage(text)).toThrow("not a valid MCP message");
});

test("only ping has an answer", () => {
  expect(writeAnswer({ id: '"a"', method: "ping" })).toBe('{"jsonrpc":"2.0","id":"a","result":{}}');
  expect(JSON.parse(writeAnswer({ id: "3", method: "roots/list" }))).toMatchObject({ id: 3, error: { code: -32601 } });
});
