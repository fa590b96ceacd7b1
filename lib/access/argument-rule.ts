/** How one argument is compared. `in`/`not_in` take a list of texts or numbers, `lte`/`gte` a number, `starts_with` a text. */
export const ARGUMENT_OPERATORS = ["in", "not_in", "lte", "gte", "starts_with", "absent"] as const;
export type ArgumentOperator = (typeof ARGUMENT_OPERATORS)[number];

/** One condition on the argument at `path` (property names from the top, e.g. `["repo"]`). An argument that is left out fails it, unless `optional`. */
export interface ArgumentCondition {
  path: string[];
  operator: ArgumentOperator;
  value: string | number | boolean | (string | number | boolean)[] | null;
  optional: boolean;
}

/** Conditions on one tool's arguments, for a member, a role, or (both null) everyone. */
export interface ArgumentRule {
  id: string;
  serverId: string;
  /** The upstream's own name. */
  tool: string;
  memberId: string | null;
  role: string | null;
  conditions: ArgumentCondition[];
}
