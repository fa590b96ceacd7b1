import { z } from "zod";
import { PageSize } from "@/lib/services/fields";

/** Newest first; `cursor` is the id of the last row of the page before. */
export const ListAuditInput = z.strictObject({
  cursor: z
    .string()
    .regex(/^aud_[0-9a-z]{1,60}$/, "Not a cursor of this list")
    .optional(),
  limit: PageSize,
});
export type ListAuditInput = z.input<typeof ListAuditInput>;
