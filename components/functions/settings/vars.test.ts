import { expect, test } from "vitest";
import { looksSecret, rowsOf, varsOf } from "./vars";

test("settings go to rows and back", () => {
  const vars = { B: "2", A: "1" };
  expect(rowsOf(vars).map(({ name }) => name)).toEqual(["A", "B"]);
  expect(varsOf(rowsOf(vars))).toEqual(vars);
});

test("rows without a name are left out; a name that stands twice is a fault", () => {
  expect(varsOf([{ id: 0, name: "", value: "x" }])).toEqual({});
  expect(
    varsOf([
      { id: 0, name: "A", value: "1" },
      { id: 1, name: "A", value: "2" },
    ]),
  ).toBeNull();
});

test("names of credentials are noticed", () => {
  for (const name of ["API_TOKEN", "SLACK_SECRET", "PASSWORD", "STRIPE_API_KEY"]) expect(looksSecret(name)).toBe(true);
  for (const name of ["TOKENIZER", "REGION", "KEYBOARD"]) expect(looksSecret(name)).toBe(false);
});
