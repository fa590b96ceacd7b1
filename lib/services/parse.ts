import type { z } from "zod";
import { AppError } from "@/lib/errors";

/**
 * Input of a verb, checked. The first fault becomes the error, with its field, so that forms, API and CLI all
 * say the same. The faulty value is never quoted: it may be a secret.
 * @throws AppError `invalid`
 */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue?.code === "unrecognized_keys")
    throw new AppError("invalid", "Unknown field. Remove it.", { field: issue.keys[0] });
  const field = issue?.path.join(".") || undefined;
  throw new AppError("invalid", issue?.message ?? "This input is not valid.", { field });
}
