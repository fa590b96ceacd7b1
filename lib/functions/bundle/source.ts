import { type Problem, problem } from "./problem";

/** Source by file name. A Map, so that no name means anything to JavaScript itself. */
export type Files = ReadonlyMap<string, string>;

/** Bounds of what is bundled and type-checked. Sizes are bytes, times are ms. */
export const SOURCE_LIMITS = {
  fileBytes: 1 << 20,
  allBytes: 2 << 20,
  files: 100,
  nameLength: 128,
  bundleBytes: 10 << 20,
  bundleMs: 5_000,
  checkMs: 10_000,
  /** Of each process that works on foreign source. */
  memoryBytes: 1_536 << 20,
  problems: 50,
} as const;

/** Where a function starts, unless another file is named. */
export const ENTRY = "server.ts";

/** Plain names only: what a file system, a URL or a terminal might read as something else has no place here. */
const NAME =
  /^(?!node_modules\/)(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*\/){0,8}[A-Za-z0-9_-][A-Za-z0-9_.-]*\.(?:ts|mts|js|mjs|json)$/;

/** A Map of an object of files, as JSON brings it. */
export const toFiles = (files: Record<string, string>): Files => new Map(Object.entries(files));

const bytes = (text: string) => Buffer.byteLength(text, "utf8");
const shown = (name: string) => JSON.stringify(name.slice(0, 80));

/** What is wrong with the files before anything looks inside them. Cheap: foreign source is first met here. */
export function checkFiles(files: Files, entry: string): Problem[] {
  if (files.size > SOURCE_LIMITS.files)
    return [problem("too_large", `A function has at most ${SOURCE_LIMITS.files} files; this one has ${files.size}.`)];
  const problems: Problem[] = [];
  let all = 0;
  for (const [name, text] of files) {
    if (name.length > SOURCE_LIMITS.nameLength || !NAME.test(name))
      problems.push(
        problem(
          "bad_name",
          `${shown(name)} is no name for a file: letters, digits, "_", "-", "." and "/", ending in .ts, .mts, .js, .mjs or .json.`,
        ),
      );
    const size = bytes(text);
    all += size;
    if (size > SOURCE_LIMITS.fileBytes)
      problems.push(problem("too_large", "A file has at most 1 MiB.", shown(name).slice(1, -1)));
  }
  if (all > SOURCE_LIMITS.allBytes) problems.push(problem("too_large", "All files together have at most 2 MiB."));
  if (!files.has(entry))
    problems.push(problem("no_entry", `There is no file ${shown(entry)}; the function starts there.`));
  return problems.slice(0, SOURCE_LIMITS.problems);
}
