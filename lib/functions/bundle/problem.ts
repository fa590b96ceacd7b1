/** What can be wrong with source. Closed: the editor and the CLI treat each. */
export type ProblemCode =
  | "bad_name"
  | "too_large"
  | "no_entry"
  | "syntax"
  | "import_refused"
  | "type"
  | "timeout"
  | "memory"
  | "unavailable";

/** One fault of the source, at its place. Lines and columns count from 1; 0 where the fault is of a whole file. */
export interface Problem {
  /** As the author named it; empty where the fault is of no one file. */
  file: string;
  line: number;
  column: number;
  text: string;
  code: ProblemCode;
}

/** A fault without a place inside a file. */
export const problem = (code: ProblemCode, text: string, file = ""): Problem => ({
  file,
  line: 0,
  column: 0,
  text,
  code,
});

/** One line for a terminal or a log. */
export function problemLine({ file, line, column, text }: Problem): string {
  const place = file && line > 0 ? `${file}:${line}:${column}` : file;
  return place ? `${place}  ${text}` : text;
}
