import { expect, test } from "vitest";
import { filtersInWords, formatBytes, shortCount, sizeInWords } from "./words";

test("a size is said with what will happen", () => {
  expect(sizeInWords({ rows: 12_480, exact: true, background: false })).toBe("12,480 rows, ready at once");
  expect(sizeInWords({ rows: 1_234_567, exact: false, background: true })).toBe(
    "about 1.2 M rows, made in the background",
  );
  expect(sizeInWords({ rows: 1, exact: true, background: false })).toBe("1 row, ready at once");
  expect([999, 12_480, 999_999].map(shortCount)).toEqual(["999", "12 k", "1000 k"]);
});

test("bytes are counted by thousands", () => {
  expect([0, 999, 78_500_000, 1_234_000_000].map(formatBytes)).toEqual(["0 B", "999 B", "78.5 MB", "1.2 GB"]);
});

test("filters read like a sentence, members by name", () => {
  const filters = { member: "mem_1", outcome: "error", from: "2026-11-01T00:00:00.000Z" };
  expect(filtersInWords({ filters, ownOnly: false }, { mem_1: "Alice" })).toBe(
    "Member Alice · Outcome error · Since 2026-11-01 00:00 UTC",
  );
  expect(filtersInWords({ filters: {}, ownOnly: true }, {})).toBe("Own calls · Everything");
  expect(filtersInWords({ filters: { form: "chain" }, ownOnly: false }, {})).toBe("The whole chain");
});
