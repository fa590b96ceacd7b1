import { expect, test } from "vitest";
import type { LogLineView } from "@/lib/services/function/view";
import { appendLine, type NumberedLine, numbered } from "./numbered-lines";

const line = (text: string): LogLineView => ({ time: "2026-11-24T00:00:00.000Z", level: "log", text, call: null });

test("lines keep their numbers when more come, and the oldest go", () => {
  let lines: NumberedLine[] = numbered([line("a"), line("b")]);
  lines = appendLine(lines, line("c"));
  expect(lines.map(({ at }) => at)).toEqual([1, 2, 3]);
  for (let count = 0; count < 1_200; count++) lines = appendLine(lines, line(String(count)));
  expect(lines).toHaveLength(1_000);
  expect(lines.at(-1)).toMatchObject({ text: "1199", at: 1_203 });
});
