import { expect, test } from "vitest";
import { diffLines } from "./diff";

test("what changed stands as two lines, what stayed as one", () => {
  expect(diffLines({ name: "Bo", role: "member" }, { name: "Bo", role: "admin" })).toEqual([
    { kind: "same", text: "name: Bo" },
    { kind: "removed", text: "role: member" },
    { kind: "added", text: "role: admin" },
  ]);
});

test("what was made or deleted has one side", () => {
  expect(diffLines(null, { tools: ["a", "b"] })).toEqual([
    { kind: "added", text: "tools: a" },
    { kind: "added", text: "tools: b" },
  ]);
  expect(diffLines({ enabled: false }, null)).toEqual([{ kind: "removed", text: "enabled: false" }]);
  expect(diffLines(null, null)).toEqual([]);
});

test("one element of a list and one field of an object are lines of their own", () => {
  expect(
    diffLines(
      { ipAllow: ["10.0.0.0/8", "192.0.2.1"], scope: { readOnly: false, servers: null } },
      { ipAllow: ["10.0.0.0/8", "2001:db8::/32"], scope: { readOnly: true, servers: null } },
    ),
  ).toEqual([
    { kind: "same", text: "ipAllow: 10.0.0.0/8" },
    { kind: "removed", text: "ipAllow: 192.0.2.1" },
    { kind: "added", text: "ipAllow: 2001:db8::/32" },
    { kind: "removed", text: "scope.readOnly: false" },
    { kind: "added", text: "scope.readOnly: true" },
    { kind: "same", text: "scope.servers: none" },
  ]);
  expect(diffLines({ ipAllow: [] }, { ipAllow: ["192.0.2.1"] })).toEqual([
    { kind: "removed", text: "ipAllow: none" },
    { kind: "added", text: "ipAllow: 192.0.2.1" },
  ]);
});
