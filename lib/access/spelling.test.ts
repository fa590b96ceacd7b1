import { expect, test } from "vitest";
import { isOtherSpelling } from "./spelling";

test.each([
  ["Amount", "amount", true],
  ["AMOUNT", "amount", true],
  ["argument\u017f", "arguments", true],
  ["to\u212aen", "token", true],
  ["\uff41mount", "amount", true],
  ["amount", "amount", false],
  ["amounts", "amount", false],
  ["\u00e4mount", "amount", false],
  ["", "a", false],
])("%s for %s: %s", (name, of, expected) => expect(isOtherSpelling(name, of)).toBe(expected));
