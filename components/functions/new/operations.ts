import type { OpenapiView } from "@/lib/services/function/view";

export type Operation = OpenapiView["operations"][number];

/** As many tools as one function may have of a document; a model chooses badly among more. */
export const MOST_OPERATIONS = 40;

/** Operations under their first tag, in the document's order; those without one come last. */
export function byTag(operations: readonly Operation[]): { tag: string; operations: Operation[] }[] {
  const tags = [...new Set(operations.map(({ tags: [tag = ""] }) => tag))].sort(
    (a, b) => Number(a === "") - Number(b === ""),
  );
  return tags.map((tag) => ({ tag, operations: operations.filter(({ tags: [first = ""] }) => first === tag) }));
}

/** Whether it may change something at the API, by its method. */
export const writes = ({ method }: Operation): boolean => !["GET", "HEAD", "OPTIONS"].includes(method.toUpperCase());

/** What is chosen at first: what reads, as far as it goes. Writing is a decision of its own. */
export const firstChoice = (operations: readonly Operation[]): ReadonlySet<string> =>
  new Set(
    operations
      .filter((each) => each.unsupported === null && !each.deprecated && !writes(each))
      .slice(0, MOST_OPERATIONS)
      .map(({ id }) => id),
  );

/** The choice with these operations in or out. What cannot be a tool, and what is over the bound, stays out. */
export function withOperations(
  chosen: ReadonlySet<string>,
  operations: readonly Operation[],
  on: boolean,
): ReadonlySet<string> {
  const next = new Set(chosen);
  for (const { id, unsupported } of operations)
    if (!on) next.delete(id);
    else if (unsupported === null && next.size < MOST_OPERATIONS) next.add(id);
  return next;
}

/** What the chosen tools cost a model in each conversation, and how many of them write. */
export function totalsOf(operations: readonly Operation[], chosen: ReadonlySet<string>) {
  const picked = operations.filter(({ id }) => chosen.has(id));
  return {
    tools: picked.length,
    tokens: picked.reduce((sum, { tokens }) => sum + tokens, 0),
    writing: picked.filter(writes).length,
  };
}

/** Whether an operation fits what was typed to find it. */
export const fits = (operation: Operation, query: string): boolean =>
  `${operation.method} ${operation.path} ${operation.summary} ${operation.tool} ${operation.tags.join(" ")}`
    .toLowerCase()
    .includes(query.trim().toLowerCase());
