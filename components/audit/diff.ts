/** One line of a change: taken away, put in, or the same as before. */
export interface DiffLine {
  kind: "removed" | "added" | "same";
  text: string;
}

const show = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? "–"));

/** Before and after of an audit event as lines of text, by name of the field. Fields that stayed are said once. */
export function diffLines(before: Record<string, unknown> | null, after: Record<string, unknown> | null): DiffLine[] {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return keys.flatMap((key): DiffLine[] => {
    const old = before && Object.hasOwn(before, key) ? `${key}: ${show(before[key])}` : null;
    const fresh = after && Object.hasOwn(after, key) ? `${key}: ${show(after[key])}` : null;
    if (old !== null && old === fresh) return [{ kind: "same", text: old }];
    return [
      ...(old === null ? [] : [{ kind: "removed" as const, text: old }]),
      ...(fresh === null ? [] : [{ kind: "added" as const, text: fresh }]),
    ];
  });
}
