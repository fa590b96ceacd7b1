import { expect, test } from "vitest";
import { answerRequest } from "./answer-request";
import { progressTokenOf, readMessage, restoreToken, writeNotification, writeRequest } from "./envelope";

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
  expect(readMessage('{"jsonrpc":"2.0","id":1,"method":"roots/list","params":{"a":1.0}}')).toEqual({
    kind: "request",
    id: "1",
    method: "roots/list",
    params: '{"a":1.0}',
  });
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

test("notifications carry raw params or none", () => {
  expect(writeNotification("a/b", '{"x":1.0}')).toBe('{"jsonrpc":"2.0","method":"a/b","params":{"x":1.0}}');
  expect(writeNotification("a/b")).toBe('{"jsonrpc":"2.0","method":"a/b"}');
});

test("ping is answered here, all else by the client, whose failure is an internal error", async () => {
  const request = { kind: "request" as const, id: '"a"', method: "ping", params: undefined };
  const onRequest = async () => ({ kind: "result" as const, json: '{"roots":[ ]}' });
  expect(await answerRequest(request, { onRequest })).toBe('{"jsonrpc":"2.0","id":"a","result":{}}');
  const roots = { ...request, method: "roots/list" };
  expect(await answerRequest(roots, { onRequest })).toBe('{"jsonrpc":"2.0","id":"a","result":{"roots":[ ]}}');
  expect(JSON.parse(await answerRequest(roots, {}))).toMatchObject({ id: "a", error: { code: -32601 } });
  const gone = () => Promise.reject(new Error("secret detail"));
  const failed = await answerRequest(roots, { onRequest: gone });
  expect(JSON.parse(failed)).toMatchObject({ error: { code: -32603 } });
  expect(failed).not.toContain("secret detail");
});
