import fc from "fast-check";
import { expect, test } from "vitest";
import { exposeName, exposeNames, isAcceptableToolName, splitName, TOOL_ALIAS } from "./tool-name";

test("a short plain name is only prefixed", () => {
  expect(exposeName("github", "create_issue")).toBe("github__create_issue");
  expect(exposeName("a", "x__y-z")).toBe("a__x__y-z");
});

test("a stable hash stands for what was cut or respelled", () => {
  expect(exposeName("fs", "files.read")).toMatch(/^fs__files_read_[0-9a-hjkmnp-tv-z]{6}$/);
  expect(exposeName("fs", "files.read")).not.toBe(exposeName("fs", "files/read"));
  expect(exposeName("fs", "files.read")).toBe("fs__files_read_1tmf5m");
  const long = exposeName("github", "a".repeat(60));
  expect(long).toHaveLength(45);
  expect(long).not.toBe(exposeName("github", "a".repeat(61)));
});

test("every acceptable name is exposed within the bounds and splits back to its server", () => {
  const slug = fc.stringMatching(/^[a-z](-?[a-z0-9]){0,15}$/).filter((text) => text.length <= 16);
  const tool = fc
    .string({ unit: fc.constantFrom(..."aZ0_-./:é漢e\u0301 "), minLength: 1, maxLength: 128 })
    .filter(isAcceptableToolName);
  fc.assert(
    fc.property(slug, tool, fc.integer({ min: 30, max: 64 }), (server, name, max) => {
      const exposed = exposeName(server, name, max);
      expect(exposed).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(exposed.length).toBeLessThanOrEqual(max);
      expect(splitName(exposed)?.slug).toBe(server);
    }),
  );
});

test("no two of many names fall together", () => {
  const names = Array.from({ length: 20_000 }, (_, i) =>
    exposeName("server", `a.very.long.tool.name.that.must.be.cut.for.sure.${i}`),
  );
  expect(new Set(names).size).toBe(names.length);
});

test("an alias stands behind the slug; a tool whose name it takes gets one of its own", () => {
  const names = exposeNames("git", [
    { name: "create", alias: null },
    { name: "make", alias: "create" },
    { name: "list", alias: null },
  ]);
  expect(names.get("make")).toBe("git__create");
  expect(names.get("create")).toMatch(/^git__create_[0-9a-z]{6}$/);
  expect(names.get("list")).toBe("git__list");
});

test("names of many tools are all different and do not depend on their order", () => {
  const name = fc.stringMatching(/^[a-c.]{1,3}$/);
  const tools = fc.uniqueArray(
    fc.record({ name, alias: fc.option(fc.stringMatching(/^[a-c]{1,2}$/), { nil: null }) }),
    {
      selector: (tool) => tool.name,
    },
  );
  fc.assert(
    fc.property(tools, fc.integer({ min: 45, max: 64 }), (list, max) => {
      const names = exposeNames("s", list, max);
      expect(new Set(names.values()).size).toBe(list.length);
      expect(exposeNames("s", list.toReversed(), max)).toEqual(names);
      for (const exposed of names.values()) expect(exposed).toMatch(/^s__[A-Za-z0-9_-]+$/);
    }),
  );
});

test("aliases are plain", () => {
  for (const alias of ["a", "create_issue", "A-1", "a__b"]) expect(alias).toMatch(TOOL_ALIAS);
  for (const alias of ["", "_a", "a_", "a.b", "a b", "ä", "a".repeat(64)]) expect(alias).not.toMatch(TOOL_ALIAS);
});

test("a name without both halves does not split", () => {
  for (const name of ["", "a", "a_b", "__b", "a__"]) expect(splitName(name)).toBeNull();
  expect(splitName("a__b__c")).toEqual({ slug: "a", tool: "b__c" });
  expect(splitName("a___b")).toEqual({ slug: "a", tool: "_b" });
});

test.each([
  "",
  "send message",
  "x\u202eyz",
  "x\u0000",
  "x\n",
  "x\u200by",
  "a".repeat(129),
  "\ud800",
  "x\u00ad",
  "<b>",
  "a\u2066",
])("%j is not acceptable", (name) => {
  expect(isAcceptableToolName(name)).toBe(false);
});

test.each(["a", "A-Z_0.9/x:y", "a".repeat(128), "cr\u0435ate_issue"])("%j is acceptable", (name) => {
  expect(isAcceptableToolName(name)).toBe(true);
});
