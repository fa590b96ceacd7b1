import { z } from "zod";
import type { Outcome } from "@/db/schema/calls";
import { Instant, PageSize } from "@/lib/services/fields";

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

const Filters = z.strictObject({
  /** Member id. */
  member: Match,
  /** Server slug. */
  server: Match,
  /** Tool name as its server calls it. */
  tool: Match,
  outcome: OutcomeName.optional(),
  /** From this instant on. */
  from: Instant.optional(),
  /** Up to, not including, this instant. */
  to: Instant.optional(),
});

/** Newest first; `cursor` is the id of the last row of the page before. */
export const ListCallsInput = Filters.extend({
  cursor: z
    .string()
    .regex(/^call_[0-9a-z]{1,60}$/, "Not a cursor of this list")
    .optional(),
  limit: PageSize,
});
export type ListCallsInput = z.input<typeof ListCallsInput>;

/** The export takes the filters of the list, so the file equals the view. */
export const ExportCallsInput = Filters;
export type ExportCallsInput = z.input<typeof ExportCallsInput>;
/** Filters after parsing. */
export type CallFilters = z.output<typeof Filters>;
