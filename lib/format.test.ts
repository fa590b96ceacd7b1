import { expect, test } from "vitest";
import { formatDuration, formatRelative, formatSpan, plural } from "./format";

const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;

test.each([
  [NOW - 3_000, "just now"],
  [NOW - 40_000, "40 s ago"],
  [NOW - 59 * MINUTE, "59 min ago"],
  [NOW - 23 * 60 * MINUTE, "23 h ago"],
  [NOW - 24 * 60 * MINUTE, "1 day ago"],
  [NOW + 3 * 24 * 60 * MINUTE, "in 3 days"],
  [NOW - 60 * 24 * 60 * MINUTE, "25 Sep 2026"],
])("%d → %s", (ms, words) => expect(formatRelative(ms, NOW)).toBe(words));

test.each([
  [null, "–"],
  [0.26, "0.3 ms"],
  [41.7, "42 ms"],
  [1_340, "1.3 s"],
  [61_000, "61 s"],
])("duration %s → %s", (ms, words) => expect(formatDuration(ms)).toBe(words));

test("plural", () =>
  expect([plural(1, "tool"), plural(0, "tool"), plural(1_200, "tool")]).toEqual(["1 tool", "0 tools", "1,200 tools"]));

test("spans in the two largest units", () => {
  expect([0, 48_000, 150_000, 180_000, 11_100_000, 2 * 86_400_000].map(formatSpan)).toEqual([
    "0 s",
    "48 s",
    "2 min 30 s",
    "3 min",
    "3 h 5 min",
    "2 days",
  ]);
});
