import { z } from "zod";
import { RANGE_NAMES } from "@/lib/range";
import { checkTimes } from "@/lib/services/call/schemas";
import { Instant, PageSize, Ref } from "@/lib/services/fields";

const Match = z
  .string()
  .max(200, "At most 200 characters")
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "Remove control characters")
  .optional();

const FILTERS = {
  /** Exact word, e.g. `token.revoke`, or its noun, e.g. `token`. */
  action: Match,
  /** Id or address of whoever acted. */
  actor: Match,
  /** Id of what was changed. */
  target: Match,
  /** The last hour, day and so on, up to now; instead of `from` and `to`. */
  range: z.enum(RANGE_NAMES, `One of ${RANGE_NAMES.join(", ")}`).optional(),
  /** From this instant on. */
  from: Instant.optional(),
  /** Up to, not including, this instant. */
  to: Instant.optional(),
};

/** Newest first; `cursor` is the id of the last row of the page before. */
export const ListAuditInput = z
  .strictObject({
    ...FILTERS,
    cursor: z
      .string()
      .regex(/^aud_[0-9a-z]{1,60}$/, "Not a cursor of this list")
      .optional(),
    limit: PageSize,
  })
  .superRefine(checkTimes);
export type ListAuditInput = z.input<typeof ListAuditInput>;

/** The filters alone: what an export takes, so that file and list are of the same events. */
export const AuditFilters = z.strictObject(FILTERS).superRefine(checkTimes);
/** Filters after parsing. */
export type AuditFilters = z.output<typeof AuditFilters>;

export const GetAuditInput = z.strictObject({ event: Ref });
export type GetAuditInput = z.input<typeof GetAuditInput>;

/**
 * Checks the whole chain at once, or with `limit` a step of it: `after` is the `next` of the step before. The hash in it
 * is the caller's own word, so only steps from the start say anything about the whole.
 */
export const VerifyAuditInput = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}:[0-9a-f]{64}$/, "Not the end of a step of this check")
    .optional(),
  limit: z.coerce
    .number("A whole number")
    .int("A whole number")
    .min(1, "At least 1")
    .max(50_000, "At most 50000")
    .optional(),
});
export type VerifyAuditInput = z.input<typeof VerifyAuditInput>;
