import fc from "fast-check";
import { expect, test } from "vitest";
import { exposeName, isAcceptableToolName, splitName } from "./tool-name";

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

test("look-alike letters are told apart", () => {});
