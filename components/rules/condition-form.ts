import type { ArgumentCondition, ArgumentOperator } from "@/lib/access/argument-rule";
import type { ToolArgument } from "@/lib/services/tool/view";

/** One condition while it is being written: values are text, as typed. */
export interface ConditionDraft {
  /** Tells rows apart while they are added and removed. */
  key: string;
  /** `pathKey` of the argument; "" while none is chosen. */
  argument: string;
  operator: ArgumentOperator;
  /** One value a line for lists, else the value itself. */
  text: string;
  optional: boolean;
}

/** Names an argument in the form; no property name holds a NUL. */
export const pathKey = (path: string[]): string => path.join("\u0000");

/** How an argument is written: `filter.repo`. */
export const pathLabel = (path: string[]): string => path.join(".");

const OPERATORS: Record<ToolArgument["kind"], ArgumentOperator[]> = {
  string: ["in", "not_in", "starts_with", "absent"],
  number: ["lte", "gte", "in", "not_in", "absent"],
  boolean: ["in", "absent"],
  unknown: ["in", "not_in", "lte", "gte", "starts_with", "absent"],
};
/** How an operator is read in the form, between the argument and its value. */
export const OPERATOR_WORDS: Record<ArgumentOperator, string> = {
  in: "is one of",
  not_in: "is none of",
  lte: "is at most",
  gte: "is at least",
  starts_with: "starts with",
  absent: "must be left out",
};

/** The comparisons that make sense for an argument's type. */
export const operatorsFor = (argument: ToolArgument | undefined): ArgumentOperator[] =>
  OPERATORS[argument?.kind ?? "unknown"];

/** A fresh row. */
export const emptyDraft = (key: string): ConditionDraft => ({
  key,
  argument: "",
  operator: "in",
  text: "",
  optional: false,
});

/** The row for a stored condition. */
export function toDraft(condition: ArgumentCondition, key: string): ConditionDraft {
  const { path, operator, value, optional } = condition;
  const text = Array.isArray(value) ? value.map(String).join("\n") : value === null ? "" : String(value);
  return { key, argument: pathKey(path), operator, text, optional };
}

/** The lines of a list value. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

/** What a row means, or what is still to be said in it. */
export function toCondition(
  draft: ConditionDraft,
  argument: ToolArgument | undefined,
): { ok: true; condition: ArgumentCondition } | { ok: false; problem: string } {
  if (draft.argument === "") return { ok: false, problem: "Choose an argument." };
  const { operator, optional } = draft;
  const path = draft.argument.split("\u0000");
  const done = (value: ArgumentCondition["value"]) => ({
    ok: true as const,
    condition: { path, operator, value, optional },
  });
  if (operator === "absent") return done(null);
  if (operator === "lte" || operator === "gte") {
    const value = numberOf(draft.text);
    return value === null ? { ok: false, problem: "Give a number." } : done(value);
  }
  if (operator === "starts_with")
    return draft.text === "" ? { ok: false, problem: "Give the start." } : done(draft.text);
  const values = linesOf(draft.text).map((line) => typed(line, argument));
  if (values.length === 0) return { ok: false, problem: "Give at least one value." };
  const bad = values.indexOf(null);
  if (bad >= 0) return { ok: false, problem: `${linesOf(draft.text)[bad]} is no ${argument?.kind}.` };
  return done(values.filter((value) => value !== null));
}

const numberOf = (text: string): number | null =>
  text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null;

/** Text as a value of the argument's type, since values are compared strictly: "5" is not 5. */
function typed(line: string, argument: ToolArgument | undefined): string | number | boolean | null {
  const option = argument?.options.find((choice) => String(choice) === line);
  if (option !== undefined) return option;
  if (argument?.kind === "number") return numberOf(line);
  if (argument?.kind === "boolean") return line === "true" ? true : line === "false" ? false : null;
  return line;
}
