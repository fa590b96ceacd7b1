import type { ArgumentCondition, ArgumentRule } from "./argument-rule";
import { isOtherSpelling } from "./spelling";

/** Whether a call's arguments pass; where not, which rule refused them and why, in words for the caller. */
export type RuleVerdict = { ok: true } | { ok: false; ruleId: string; message: string };

const OK: RuleVerdict = { ok: true };
const SHOWN = 60; // characters of a value in a message

/** Rules that concern a caller's use of one tool: those for this member, for this role, and for everyone. */
export const rulesFor = (
  rules: readonly ArgumentRule[],
  caller: { memberId: string; role: string },
  serverId: string,
  tool: string,
): ArgumentRule[] =>
  rules.filter(
    (rule) =>
      rule.serverId === serverId &&
      rule.tool === tool &&
      (rule.memberId === null ? rule.role === null || rule.role === caller.role : rule.memberId === caller.memberId),
  );

/**
 * Checks the arguments of one call against every rule that concerns the caller; all must hold. Values compare by type
 * strictly, only own properties count, and a path through a list holds for each of its elements.
 * @param args the parsed `params.arguments`; anything that is no object counts as no arguments
 */
export function checkArguments(
  rules: readonly ArgumentRule[],
  caller: { memberId: string; role: string },
  serverId: string,
  tool: string,
  args: unknown,
): RuleVerdict {
  for (const rule of rulesFor(rules, caller, serverId, tool)) {
    for (const condition of rule.conditions) {
      const problem = check(condition, args, 0);
      if (problem !== null)
        return { ok: false, ruleId: rule.id, message: `${describeCondition(condition)}; ${problem}.` };
    }
  }
  return OK;
}

/** What a condition asks for, e.g. "`amount` must be at most 100". */
export function describeCondition({ path, operator, value, optional }: ArgumentCondition): string {
  const list = (Array.isArray(value) ? value : [value]).map((item) => show(item)).join(", ");
  const wish = {
    in: `must be ${Array.isArray(value) && value.length > 1 ? "one of " : ""}${list}`,
    not_in: `must not be ${list}`,
    lte: `must be at most ${list}`,
    gte: `must be at least ${list}`,
    starts_with: `must start with ${list}`,
    absent: "must be left out",
  }[operator];
  return `\`${path.join(".")}\` ${wish}${optional && operator !== "absent" ? " where it is given" : ""}`;
}

/** Null when the condition holds for what stands at the rest of its path from `depth`; else what was sent instead. */
function check(condition: ArgumentCondition, at: unknown, depth: number): string | null {
  const { path, operator } = condition;
  const leaf = depth === path.length;
  if (Array.isArray(at) && !(leaf && operator === "absent")) {
    // An empty list names nothing, and many servers take it for "all": it counts as left out.
    if (at.length === 0) return missing(condition);
    for (const element of at) {
      const problem = check(condition, element, depth);
      if (problem !== null) return problem;
    }
    return null;
  }
  if (leaf) return holds(condition, at) ? null : `you sent ${show(at)}`;
  const key = path[depth] as string;
  if (typeof at !== "object" || at === null) {
    return depth === 0 || at === null ? missing(condition) : `you sent ${show(at)} on the way to it`;
  }
  const twin = Object.keys(at).find((name) => isOtherSpelling(name, key));
  // Some servers read names without regard to case, so a second spelling could carry another value past the rule.
  if (twin !== undefined) return `\`${twin}\` is another spelling of it, so leave that out`;
  return Object.hasOwn(at, key)
    ? check(condition, (at as Record<string, unknown>)[key], depth + 1)
    : missing(condition);
}

const missing = ({ operator, optional }: ArgumentCondition): string | null =>
  optional || operator === "absent" ? null : "you left it out";

/** Whether one value (no list) meets the condition. A condition that is damaged is met by nothing. */
function holds({ operator, value }: ArgumentCondition, sent: unknown): boolean {
  const list = (Array.isArray(value) ? value : [value]) as unknown[];
  switch (operator) {
    case "in":
      return isExact(sent) && list.includes(sent);
    case "not_in":
      // Of another type than the listed ones it might be read as one of them ("5" as 5), so it does not pass.
      return isExact(sent) && list.some((item) => typeof item === typeof sent) && !list.includes(sent);
    case "lte":
      return isNumber(sent) && isNumber(value) && sent <= value;
    case "gte":
      return isNumber(sent) && isNumber(value) && sent >= value;
    case "starts_with":
      return typeof sent === "string" && typeof value === "string" && sent.startsWith(value);
    default:
      return false; // `absent`, and something stands there
  }
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

/** A text, a boolean, or a number that no parser rounds to another one (beyond 2^53 neighbours look alike here). */
const isExact = (value: unknown): boolean =>
  typeof value === "string" ||
  typeof value === "boolean" ||
  (isNumber(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER);

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
