import type { LogLineView } from "@/lib/services/function/view";

/** A line with its place in the list, which never changes: the key of its row. */
export type NumberedLine = LogLineView & { at: number };

/** More than this is scrolled away; the server keeps fewer. */
const MOST = 1_000;

/** Lines of a log, numbered from 1. */
export const numbered = (lines: readonly LogLineView[]): NumberedLine[] =>
  lines.map((line, index) => ({ ...line, at: index + 1 }));

/** The lines with one more; the oldest go where there are too many. */
export const appendLine = (seen: readonly NumberedLine[], line: LogLineView): NumberedLine[] => [
  ...seen.slice(1 - MOST),
  { ...line, at: (seen.at(-1)?.at ?? 0) + 1 },
];
