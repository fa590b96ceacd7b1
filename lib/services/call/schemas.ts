import { z } from "zod";
import type { Outcome, ToolKind } from "@/db/schema/calls";
import { RANGE_NAMES } from "@/lib/range";
import { Instant, PageSize, Ref } from "@/lib/services/fields";

/** Same words as the schema's, repeated so that client code does not pull the schema in. */
export const OutcomeName = z.enum(
  ["pending", "ok", "tool_error", "error", "denied", "client_closed", "unknown"] satisfies readonly Outcome[],
  "Unknown outcome",
);

/** Text to compare with; what Postgres cannot take as text fits no row and is refused. */
const Match = z
  .string()
  .max(200, "At most 200 characters")
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "Remove control characters")
  .optional();

const FILTERS = {
  /** Member id. */
  member: Match,
  /** Server slug. */
  server: Match,
  /** Tool name as its server calls it. */
  tool: Match,
  /** Client name as it says itself. */
  client: Match,
  outcome: OutcomeName.optional(),
  /** Why it failed or was refused, e.g. `timeout`. */
  errorClass: Match,
  /** `read`, `write` or `destructive`, by the tool's own word. */
  kind: z.enum(["read", "write", "destructive"] satisfies readonly ToolKind[], "Unknown kind of tool").optional(),
  /** The last hour, day and so on, up to now; instead of `from` and `to`. */
  range: z.enum(RANGE_NAMES, `One of ${RANGE_NAMES.join(", ")}`).optional(),
  /** From this instant on. */
  from: Instant.optional(),
  /** Up to, not including, this instant. */
  to: Instant.optional(),
};

interface Times {
  range?: string;
  from?: Date;
  to?: Date;
}
/** What `from`, `to` and `range` may not be together; for every list and chart that takes them. */
export function checkTimes({ range, from, to }: Times, check: z.RefinementCtx<unknown>): void {
  const issue = (path: string, message: string) => check.addIssue({ code: "custom", path: [path], message });
  if (range !== undefined && (from || to)) issue("range", "Give either a range or its ends");
  if (from && to && from >= to) issue("to", "The end must be after the start");
}

/** Newest first; `cursor` is the id of the last row of the page before. */
export const ListCallsInput = z
  .strictObject({
    ...FILTERS,
    cursor: z
      .string()
      .regex(/^call_[0-9a-z]{1,60}$/, "Not a cursor of this list")
      .optional(),
    limit: PageSize,
  })
  .superRefine(checkTimes);
export type ListCallsInput = z.input<typeof ListCallsInput>;

/** The filters alone: what an export and every chart take, so that file, chart and view are of the same calls. */
export const CallFilters = z.strictObject(FILTERS).superRefine(checkTimes);
export type CallFiltersInput = z.input<typeof CallFilters>;
/** Filters after parsing. */
export type CallFilters = z.output<typeof CallFilters>;

export const GetCallInput = z.strictObject({ call: Ref });
export type GetCallInput = z.input<typeof GetCallInput>;
