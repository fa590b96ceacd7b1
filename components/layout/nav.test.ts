import { expect, test } from "vitest";
import { neededFor, slugOf, workspaceNav } from "./nav";

const titles = (role: string) => workspaceNav("eng", role).map(({ items }) => items.map(({ title }) => title));

test("each role is shown what it has a use for", () => {
  expect(titles("owner")).toEqual([
    ["Overview", "Connect", "My connections", "Tools", "Calls", "Analytics"],
    ["Servers", "Hub", "Functions", "Secrets"],
    ["Members", "Tokens", "Rules"],
    ["Audit", "Exports", "Settings"],
  ]);
  expect(titles("admin")).toEqual(titles("owner"));
  expect(titles("member")).toEqual([
    ["Overview", "Connect", "My connections", "Tools", "Calls", "Analytics"],
    ["Servers", "Hub"],
    ["Tokens"],
    ["Exports"],
  ]);
  expect(titles("auditor")).toEqual([
    ["Overview", "Tools", "Calls", "Analytics"],
    ["Servers", "Hub"],
    ["Members"],
    ["Audit", "Exports"],
  ]);
  expect(titles("nobody")).toEqual([]);
});

test("no two pages share a chord", () => {
  const chords = workspaceNav("eng", "owner").flatMap(({ items }) => items.flatMap(({ chord }) => chord ?? []));
  expect(new Set(chords).size).toBe(chords.length);
});

test.each([
  ["/w/eng", "workspace.read"],
  ["/w/eng/audit", "audit.read"],
  ["/w/eng/members/mem_1", "member.read"],
  ["/w/eng/servers/github", "server.read"],
  ["/w/eng/servers/new", "server.manage"],
  ["/w/eng/functions/new", "function.manage"],
  ["/w/eng/start", null],
  ["/w/new", null],
  ["/w", null],
  ["/account", null],
])("%s asks for %s", (path, permission) => expect(neededFor(path)).toBe(permission));

test("a workspace's slug is found in its paths", () => {
  expect(slugOf("/w/eng/calls")).toBe("eng");
  expect(slugOf("/w/new")).toBeNull();
});
