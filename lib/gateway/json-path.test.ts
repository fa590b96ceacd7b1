import fc from "fast-check";
import { expect, test } from "vitest";
import { selectPath } from "./json-path";

const VALUE = { items: [{ id: 1, "full name": "A" }, { id: 2 }, { id: 3 }], "a.b": { c: null }, text: "x" };

test.each<[string, unknown]>([
  ["", VALUE],
  ["$", VALUE],
  ["items[0].id", 1],
  ["$.items[-1].id", 3],
  ["items[*].id", [1, 2, 3]],
  ["items[1:].id", [2, 3]],
  ["items[:2].id", [1, 2]],
  ["items[0:1]", [{ id: 1, "full name": "A" }]],
  ['items[0]["full name"]', "A"],
  ["items[0]['full name']", "A"],
  ['["a.b"].c', null],
  ["items[*].nothing", []],
])("%s", (path, expected) => expect(selectPath(VALUE, path)).toEqual({ value: expected }));

test.each(["nothing", "items[9]", "text.length", "items.length", "constructor", "__proto__", "items[0].id.x"])(
  "nothing at %s",
  (path) => expect(selectPath(VALUE, path)).toEqual({ problem: "There is nothing at this path." }),
);

test.each(["items[", "items[x]", "..id", "a b", "items[?(@.id)]", '["a'])("%s cannot be read", (path) => {
  expect(selectPath(VALUE, path)).toMatchObject({ problem: expect.stringContaining("cannot be read") });
});

test("too many steps and too many values are refused", () => {
  expect(selectPath(VALUE, "a".repeat(40).split("").join("."))).toMatchObject({
    problem: expect.stringContaining("steps"),
  });
  const wide = Array.from({ length: 400 }, () => Array.from({ length: 400 }, () => 0));
  expect(selectPath(wide, "[*][*]")).toMatchObject({ problem: expect.stringContaining("too many") });
});

test("every text is an answer", () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (path, value) => {
      expect(Object.keys(selectPath(value, path))).toHaveLength(1);
    }),
  );
});
