/** Source of a function by file name. */
export type Files = Readonly<Record<string, string>>;

/** Whether two sets of files hold the same. */
export function sameFiles(a: Files, b: Files): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name]);
}

/** Names in the order of the tabs: the entry first, then by name. */
export function orderedNames(files: Files, entry: string): string[] {
  return Object.keys(files).sort((a, b) => Number(b === entry) - Number(a === entry) || (a < b ? -1 : 1));
}

const NAME = /^(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*\/){0,8}[A-Za-z0-9_-][A-Za-z0-9_.-]*\.(?:ts|mts|js|mjs|json)$/;

/** What is wrong with a new file's name, or null. */
export function nameFault(name: string, files: Files): string | null {
  if (Object.hasOwn(files, name)) return "There is a file of this name already.";
  if (name.length > 128 || !NAME.test(name) || name.startsWith("node_modules/"))
    return "Letters, digits, _, -, . and /, ending in .ts, .js or .json.";
  return null;
}

/** The files with one under another name; its place in the record moves to the end, which nobody sees. */
export function renamed(files: Files, from: string, to: string): Files {
  const { [from]: text = "", ...rest } = files;
  return { ...rest, [to]: text };
}
