import { expect, test } from "vitest";
import { lineDiff } from "./line-diff";

const shown = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => `${{ same: " ", added: "+", removed: "-", gap: "~" }[kind]}${text}`);

test("a changed line stands as removed and added, with lines around it", () => {
  expect(shown("a\nb\nc\n", "a\nB\nc\n")).toEqual([" a", "-b", "+B", " c"]);
});

test("lines far from a change are left out and counted", () => {
  const before = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  const after = before.with(10, "other");
  expect(shown(before.join("\n"), after.join("\n"))).toEqual([
    "~7 unchanged lines",
    " line 7",
    " line 8",
    " line 9",
    "-line 10",
    "+other",
    " line 11",
    " line 12",
    " line 13",
    "~6 unchanged lines",
  ]);
});

test("new, deleted and equal texts", () => {
  expect(shown("", "a\nb\n")).toEqual(["+a", "+b"]);
  expect(shown("a\n", "")).toEqual(["-a"]);
  expect(shown("a\nb\n", "a\nb\n")).toEqual([]);
  expect(shown("a\nc\n", "a\nb\nc\n")).toEqual([" a", "+b", " c"]);
});

test("a huge rewrite is shown as a replacement instead of holding up the browser", () => {
  const many = (word: string) => Array.from({ length: 3_000 }, (_, at) => `${word}${at}`).join("\n");
  expect(lineDiff(many("a"), many("b"))).toHaveLength(6_000);
});
