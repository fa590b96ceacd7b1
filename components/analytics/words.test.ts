import { describe, expect, test } from "vitest";
import { compareVersions, countChange, formatShare, peopleChange, shareChange, timeChange } from "./words";

test.each([
  [0, "0%"],
  [0.0004, "<0.1%"],
  [0.0421, "4.2%"],
  [1, "100%"],
  [null, "–"],
])("share %s is %s", (share, text) => expect(formatShare(share)).toBe(text));

describe("change", () => {
  test("is said in words", () => {
    expect(countChange({ now: 112, before: 100 }).text).toBe("12% more than before");
    expect(countChange({ now: 5, before: 0 }).text).toBe("none before");
    expect(peopleChange({ now: 3, before: 5 }).text).toBe("2 fewer than before");
    expect(shareChange({ now: 0.02, before: 0.024 }).text).toBe("0.4 points lower than before");
    expect(timeChange({ now: 200, before: 320 }).text).toBe("120 ms faster than before");
  });
  test("says nothing where there is nothing", () => {
    expect(countChange({ now: 0, before: 0 }).up).toBeNull();
    expect(timeChange({ now: null, before: 3 }).up).toBeNull();
    expect(shareChange({ now: 0.1, before: 0.1 })).toEqual({ text: "as before", up: null });
  });
});

test.each([
  ["1.10.0", "1.9.3"],
  ["2.0.0", "2.0.0-beta.4"],
  ["1.0.1", "1.0"],
  ["v3", "2.9"],
])("%s is newer than %s", (newer, older) => {
  expect(compareVersions(newer, older)).toBeGreaterThan(0);
  expect(compareVersions(older, newer)).toBeLessThan(0);
});
