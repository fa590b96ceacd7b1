/** One step into a value. */
type Step = { key: string } | { index: number } | { from: number | null; to: number | null } | "all";

const MOST_STEPS = 32;
const MOST_VALUES = 100_000;

const TOKEN =
  /\.?(?:(?<name>[\p{L}_$][\p{L}\p{N}_-]*)|\[(?:(?<index>-?\d{1,9})|(?<from>-?\d{1,9})?:(?<to>-?\d{1,9})?|(?<all>\*)|"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>[^'\\]*)')\]|(?<star>\*))/uy;

/** What a path leads to, or what is wrong with it. */
export type Selected = { value: unknown } | { problem: string };

/**
 * The part of a JSON value at a path such as `items[0].title`, `$.rows[10:20]` or `users[*]["full name"]`: names, indexes
 * (from the end where negative), slices and `*`, as in RFC 9535 and no more of it. A path with a slice or `*` gives a list.
 */
export function selectPath(value: unknown, path: string): Selected {
  const steps = parse(path.trim().replace(/^\$/, ""));
  if (typeof steps === "string") return { problem: steps };
  let values: unknown[] = [value];
  for (const step of steps) {
    values = values.flatMap((each) => take(each, step));
    if (values.length > MOST_VALUES) return { problem: "The path leads to too many values. Use a slice like [0:100]." };
  }
  if (steps.some((step) => step === "all" || "from" in step)) return { value: values };
  return values.length === 1 ? { value: values[0] } : { problem: "There is nothing at this path." };
}

function parse(path: string): Step[] | string {
  const steps: Step[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < path.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(path);
    if (!found?.groups) return `The path cannot be read from ${JSON.stringify(path.slice(at, at + 30))} on.`;
    if (steps.push(toStep(found.groups)) > MOST_STEPS) return `The path has more than ${MOST_STEPS} steps.`;
  }
  return steps;
}

function toStep({ name, index, from, to, all, double, single, star }: Record<string, string | undefined>): Step {
  if (name !== undefined) return { key: name };
  if (single !== undefined) return { key: single };
  if (double !== undefined) return { key: unescaped(double) };
  if (index !== undefined) return { index: Number(index) };
  if (all !== undefined || star !== undefined) return "all";
  return { from: from === undefined ? null : Number(from), to: to === undefined ? null : Number(to) };
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

function take(value: unknown, step: Step): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if (step === "all") return Object.values(value);
  if ("key" in step)
    return !Array.isArray(value) && Object.hasOwn(value, step.key)
      ? [(value as Record<string, unknown>)[step.key]]
      : [];
  if (!Array.isArray(value)) return [];
  if ("index" in step) {
    const at = step.index < 0 ? value.length + step.index : step.index;
    return at >= 0 && at < value.length ? [value[at] as unknown] : [];
  }
  return value.slice(step.from ?? 0, step.to ?? undefined) as unknown[];
}
