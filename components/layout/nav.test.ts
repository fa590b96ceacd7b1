import { expect, test } from "vitest";
import { workspaceNav } from "./nav";

const titles = (role: string) => workspaceNav("eng", role).map(({ items }) => items.map(({ title }) => title));

test("each role is shown what it has a use for", () => {
  expect(titles("owner")).toEqual([
    ["Overview", "Connect", "My connections", "Calls"],
    ["Servers", "Functions", "Secrets", "Members", "Tokens", "Rules", "Audit", "Settings"],
  ]);
  expect(titles("admin")).toEqual(titles("owner"));
  expect(titles("member")).toEqual([
    ["Overview", "Connect", "My connections", "Calls"],
    ["Servers", "Tokens"],
  ]);
  expect(titles("auditor")).toEqual([
    ["Overview", "Calls"],
    ["Servers", "Members", "Audit"],
  ]);
  expect(titles("nobody")).toEqual([[], []]);
});
