import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";

/** One fault of the source. Lines and columns count from 1; 0 where it is of a whole file, `file` empty where of none. */
export interface CodeProblem {
  file: string;
  line: number;
  column: number;
  text: string;
}

/** The problems of one file at their places in it. What lies beyond its end (it was shortened since) stands at the end. */
export function toDiagnostics(doc: Text, problems: readonly CodeProblem[], file: string): Diagnostic[] {
  return problems
    .filter((problem) => problem.file === file && problem.line > 0)
    .map(({ line, column, text }) => {
      const from = offsetOf(doc, line, column);
      const rest = doc.sliceString(from, doc.lineAt(from).to);
      const length = /^[\w$]+/.exec(rest)?.[0].length ?? Math.min(1, rest.length);
      return { from, to: from + length, severity: "error" as const, message: text };
    });
}

/** Offset of a line and column, both from 1, within the document. */
export function offsetOf(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(at.from + Math.max(column, 1) - 1, at.to);
}
