import { expect, test } from "vitest";
import { parseAddresses } from "./parse-addresses";

test("addresses by any separator, each once and in the stored form", () => {
  const { good, bad } = parseAddresses("Bo@Acme.example, chidi@acme.example;\ndana@acme.example\tbo@acme.example");
  expect(good).toEqual(["bo@acme.example", "chidi@acme.example", "dana@acme.example"]);
  expect(bad).toEqual([]);
});

test("names that mail programs put around them are left out", () => {
  expect(parseAddresses('"Larsen, Bo" <bo@acme.example>, Dana Rossi <dana@acme.example>').good).toEqual([
    "bo@acme.example",
    "dana@acme.example",
  ]);
});

test("what is no address is named, with the reason", () => {
  expect(parseAddresses("bo@acme.example bo@ chidi").bad).toEqual([
    { text: "bo@", why: "not a complete address" },
    { text: "chidi", why: "no address" },
  ]);
  expect(parseAddresses(" \n ")).toEqual({ good: [], bad: [] });
});
