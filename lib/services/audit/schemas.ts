import { z } from "zod";
import { Instant, PageSize } from "@/lib/services/fields";

const Match = z
  .string()
  .max(200, "At most 200 characters")
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "Remove control characters")
  .optional();

/** Newest first; `cursor` is the id of the last row of the page before. */
export const ListAuditInput = z.strictObject({
  /** Exact word, e.g. `token.revoke`, or its noun, e.g. `token`. */
  action: Match,
  /** Id or address of whoever acted. */
  actor: Match,
  /** Id of what was changed. */
  target: Match,
  /** From this instant on. */
  from: Instant.optional(),
  /** Up to, not including, this instant. */
  to: Instant.optional(),
  cursor: z
    .string()
    .regex(/^aud_[0-9a-z]{1,60}$/, "Not a cursor of this list")
    .optional(),
  limit: PageSize,
});
export type ListAuditInput = z.input<typeof ListAuditInput>;
