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
  expect(diffLines(null, { tools: ["a", "b"] })).toEqual([{ kind: "added", text: 'tools: ["a","b"]' }]);
  expect(diffLines({ enabled: false }, null)).toEqual([{ kind: "removed", text: "enabled: false" }]);
  expect(diffLines(null, null)).toEqual([]);
});
