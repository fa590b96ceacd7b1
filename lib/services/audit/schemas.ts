import { z } from "zod";

/** Newest first; `cursor` is the id of the last row of the page before. */
export const ListAuditInput = z.strictObject({
  cursor: z
    .string()
    .regex(/^aud_[0-9a-z]{1,60}$/, "Not a cursor of this list")
    .optional(),
  limit: z.coerce
    .number("A whole number from 1 to 200")
    .int("A whole number from 1 to 200")
    .min(1, "At least 1")
    .max(200, "At most 200")
    .default(50),
});
export type ListAuditInput = z.input<typeof ListAuditInput>;
