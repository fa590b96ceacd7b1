import { expect, test } from "vitest";
import { nameFault, orderedNames, renamed, sameFiles } from "./files";

test("files are compared by name and text", () => {
  expect(sameFiles({ "a.ts": "1", "b.ts": "2" }, { "b.ts": "2", "a.ts": "1" })).toBe(true);
  expect(sameFiles({ "a.ts": "1" }, { "a.ts": "2" })).toBe(false);
  expect(sameFiles({ "a.ts": "1" }, { "a.ts": "1", "b.ts": "" })).toBe(false);
  expect(sameFiles({ "a.ts": "1" }, { "toString.ts": "1" })).toBe(false);
});

test("the entry comes first", () => {
  expect(orderedNames({ "z.ts": "", "server.ts": "", "a.ts": "" }, "server.ts")).toEqual(["server.ts", "a.ts", "z.ts"]);
});

test("names of files are plain and new", () => {
  const files = { "server.ts": "" };
  for (const good of ["api.ts", "lib/slack.ts", "data.json", "x.mjs"]) expect(nameFault(good, files)).toBeNull();
  for (const bad of ["server.ts", "", "a", "../a.ts", "/a.ts", "a b.ts", "a.css", "node_modules/x.ts", ".env.ts"])
    expect(nameFault(bad, files), bad).not.toBeNull();
});

test("a file gets another name and keeps its text", () => {
  expect(renamed({ "a.ts": "1", "b.ts": "2" }, "a.ts", "c.ts")).toEqual({ "b.ts": "2", "c.ts": "1" });
});
