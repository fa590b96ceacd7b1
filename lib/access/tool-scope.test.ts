import { expect, test } from "vitest";
import { inScope, saysReadOnly, type ToolScope } from "./tool-scope";

const read = { serverId: "srv_1", name: "read", readOnly: true };
const write = { serverId: "srv_1", name: "write", readOnly: false };
const other = { serverId: "srv_2", name: "read", readOnly: true };
const allowed = (scope: ToolScope | null) =>
  [read, write, other].filter((tool) => inScope(scope, tool)).map((tool) => `${tool.serverId}/${tool.name}`);

test.each<[string, ToolScope | null, string[]]>([
  ["no scope", null, ["srv_1/read", "srv_1/write", "srv_2/read"]],
  ["read-only", { readOnly: true, servers: null }, ["srv_1/read", "srv_2/read"]],
  ["one server", { readOnly: false, servers: { srv_1: null } }, ["srv_1/read", "srv_1/write"]],
  ["one tool", { readOnly: false, servers: { srv_1: ["write"], srv_2: [] } }, ["srv_1/write"]],
  ["both narrow", { readOnly: true, servers: { srv_1: ["write", "read"] } }, ["srv_1/read"]],
  ["no server", { readOnly: false, servers: {} }, []],
])("%s", (_what, scope, expected) => expect(allowed(scope)).toEqual(expected));

test("names of Object's prototype open nothing", () => {
  const scope = { readOnly: false, servers: {} };
  for (const serverId of ["__proto__", "constructor", "toString"])
    expect(inScope(scope, { ...read, serverId })).toBe(false);
});

test("only a hint that is exactly true says read-only", () => {
  expect(saysReadOnly('{"name":"a","annotations":{"readOnlyHint":true}}')).toBe(true);
  for (const annotations of ['{"readOnlyHint":"true"}', '{"readOnlyHint":1}', '{"readOnlyHint":false}', "null", "{}"])
    expect(saysReadOnly(`{"name":"a","annotations":${annotations},"x":"readOnlyHint"}`)).toBe(false);
  expect(saysReadOnly('{"readOnlyHint":true')).toBe(false);
});
