import { Text } from "@codemirror/state";
import { expect, test } from "vitest";
import { offsetOf, toDiagnostics } from "./diagnostics";

const doc = Text.of(["const total = 1;", "", "run(total)"]);
const at = (line: number, column: number, file = "a.ts") => ({ file, line, column, text: "wrong" });

test("a problem marks the word it stands at, or one character", () => {
  expect(toDiagnostics(doc, [at(1, 7)], "a.ts")).toEqual([{ from: 6, to: 11, severity: "error", message: "wrong" }]);
  expect(toDiagnostics(doc, [at(1, 16)], "a.ts")).toMatchObject([{ from: 15, to: 16 }]);
});

test("problems of other files and of no line mark nothing", () => {
  expect(toDiagnostics(doc, [at(1, 1, "b.ts"), at(0, 0)], "a.ts")).toEqual([]);
});

test("a place beyond the text is brought back into it", () => {
  expect(offsetOf(doc, 99, 99)).toBe(doc.length);
  expect(offsetOf(doc, 2, 40)).toBe(17);
  expect(toDiagnostics(doc, [at(2, 9)], "a.ts")).toMatchObject([{ from: 17, to: 17 }]);
});
