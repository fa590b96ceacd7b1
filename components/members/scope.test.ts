import { expect, test } from "vitest";
import { countScope, scopeKey } from "./scope";

const tool = (name: string, readOnly: boolean) => ({ name, title: null, readOnly });
const SERVERS = [
  { id: "srv_a", slug: "github", name: "GitHub", tools: [tool("list", true), tool("create", false)] },
  { id: "srv_b", slug: "slack", name: "Slack", tools: [tool("search", true)] },
];

test("counts what a scope leaves over", () => {
  const sees = (scope: Parameters<typeof countScope>[0]) => countScope(scope, SERVERS).sees;
  expect(countScope(null, SERVERS)).toEqual({ sees: 3, of: 3 });
  expect(sees({ readOnly: true, servers: null })).toBe(2);
  expect(sees({ readOnly: false, servers: { srv_a: null } })).toBe(2);
  expect(sees({ readOnly: false, servers: { srv_a: ["create"], srv_b: null } })).toBe(2);
  expect(sees({ readOnly: true, servers: { srv_a: ["create"] } })).toBe(0);
  expect(sees({ readOnly: false, servers: {} })).toBe(0);
});

test("the order of servers and tools makes no other scope, and no scope is one that leaves nothing out", () => {
  expect(scopeKey({ readOnly: true, servers: { b: ["y", "x"], a: null } })).toBe(
    scopeKey({ servers: { a: null, b: ["x", "y"] }, readOnly: true }),
  );
  expect(scopeKey(null)).toBe(scopeKey({ readOnly: false, servers: null }));
  expect(scopeKey({ readOnly: false, servers: {} })).not.toBe(scopeKey(null));
});
