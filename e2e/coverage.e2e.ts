import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { REQUIREMENTS } from "./requirements";

const cited = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".e2e.ts"))
  .flatMap((name) =>
    [...readFileSync(join(import.meta.dirname, name), "utf8").matchAll(/\bproves\(\s*"([^"]+)"/g)].map(
      (match) => match[1] ?? "",
    ),
  );

test("every promise is cited by a test", () => {
  expect(Object.keys(REQUIREMENTS).filter((id) => !cited.includes(id))).toEqual([]);
});

test("every citation is a promise", () => {
  expect(cited.length).toBeGreaterThan(0);
  expect(cited.filter((id) => !(id in REQUIREMENTS))).toEqual([]);
});
