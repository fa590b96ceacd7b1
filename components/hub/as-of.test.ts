import { expect, test } from "vitest";
import { formatAsOf } from "./as-of";

test.each([
  ["2026", "2026"],
  ["2026-10", "October 2026"],
  ["2026-08-20", "20 Aug 2026"],
])("%s reads %s", (text, words) => expect(formatAsOf(text)).toBe(words));
