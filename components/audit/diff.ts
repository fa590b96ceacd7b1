import { isObject } from "@/lib/is-object";

/** One line of a change: taken away, put in, or the same as before. */
export interface DiffLine {
  kind: "removed" | "added" | "same";
  text: string;
}

type Fields = Record<string, unknown>;

function scalar(value: unknown): string {
  if (value === null) return "none";
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "–");
}

/** A field as lines: one for a value, one an element for a list, those of its fields for an object. */
function linesOf(name: string, value: unknown): [name: string, text: string][] {
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.keys(value)
      .sort()
      .flatMap((key) => linesOf(`${name}.${key}`, value[key]));
  if (!Array.isArray(value)) return [[name, `${name}: ${scalar(value)}`]];
  if (value.length === 0) return [[name, `${name}: none`]];
  return [...new Set(value.map(scalar))].map((element) => [name, `${name}: ${element}`]);
}

const allLines = (fields: Fields | null) =>
  Object.keys(fields ?? {})
    .sort()
    .flatMap((key) => linesOf(key, fields?.[key]));

/**
 * Before and after of an audit event as lines of text, by name of the field; elements of lists and fields of objects are
 * lines of their own, so that one new entry of twenty is one line. What stayed is said once.
 */
export function diffLines(before: Fields | null, after: Fields | null): DiffLine[] {
  const [old, fresh] = [allLines(before), allLines(after)];
  const names = [...new Set([...old, ...fresh].map(([name]) => name))].sort();
  return names.flatMap((name) => {
    const had = old.filter(([of]) => of === name).map(([, text]) => text);
    const has = fresh.filter(([of]) => of === name).map(([, text]) => text);
    return [
      ...had.filter((text) => has.includes(text)).map((text): DiffLine => ({ kind: "same", text })),
      ...had.filter((text) => !has.includes(text)).map((text): DiffLine => ({ kind: "removed", text })),
      ...has.filter((text) => !had.includes(text)).map((text): DiffLine => ({ kind: "added", text })),
    ];
  });
}
