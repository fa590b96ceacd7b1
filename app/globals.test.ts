import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contrast, parseOklch } from "@/lib/testing/contrast";

const CSS = readFileSync(join(import.meta.dirname, "globals.css"), "utf8");

/** The colours of one theme, by name without the dashes. */
function tokens(selector: string): Map<string, string> {
  const block = CSS.slice(CSS.indexOf(`\n${selector} {`)).split("}")[0] ?? "";
  return new Map(
    [...block.matchAll(/--([a-z0-9-]+): (oklch\([^)/]+\));/g)].map(([, name, value]) => [name ?? "", value ?? ""]),
  );
}
const THEMES = { light: tokens(":root"), dark: tokens(".dark") };

const GROUNDS = ["canvas", "surface", "muted"];
/** Text and what it stands on: 4.5 to 1. */
const TEXT = [
  ...["ink", "soft", "faint", "accent-text"].flatMap((text) => GROUNDS.map((ground) => [text, ground])),
  ["bad", "surface"],
  ["bad", "canvas"],
  ["good", "surface"],
  ["warn", "surface"],
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["accent-text", "accent-soft"],
  ["ink", "accent-soft"],
  ["good", "good-soft"],
  ["warn", "warn-soft"],
  ["bad", "bad-soft"],
];
/** Edges of controls, marks and the focus ring: 3 to 1. */
const MARKS = [
  ["field", "surface"],
  ["field", "canvas"],
  ["accent-text", "canvas"],
  ["accent-text", "surface"],
  ["good-mark", "surface"],
  ["bad-mark", "surface"],
  ["warn", "surface"],
  ["accent", "surface"],
];

const pairs = (list: string[][], least: number) =>
  Object.keys(THEMES).flatMap((theme) =>
    list.map(([front = "", back = ""]) => ({ theme: theme as keyof typeof THEMES, front, back, least })),
  );

test.each([...pairs(TEXT, 4.5), ...pairs(MARKS, 3)])(
  "$theme: $front on $back is at least $least to 1",
  ({ theme, front, back, least }) => {
    const colour = (name: string) => parseOklch(THEMES[theme].get(name) ?? "missing");
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(least);
  },
);

test("both themes name the same colours", () => {
  expect([...THEMES.dark.keys()].sort()).toEqual([...THEMES.light.keys()].sort());
});

test("white on black is 21 to 1", () => {
  expect(contrast(parseOklch("oklch(1 0 0)"), parseOklch("oklch(0 0 0)"))).toBeCloseTo(21, 3);
});
