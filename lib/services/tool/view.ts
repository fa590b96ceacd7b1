import { z } from "zod";

/** A tool as its server described it. Texts come from outside: show them as text only. */
export const ToolView = z.object({
  name: z.string(),
  /** What clients see: `slug__tool`, shortened where it must be. */
  qualifiedName: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  enabled: z.boolean(),
  /** False where a switched-off tool is remembered although the server no longer lists it. */
  listed: z.boolean(),
  /** The server's own claims, unverified. */
  readOnly: z.boolean().nullable(),
  destructive: z.boolean().nullable(),
});
export type ToolView = z.infer<typeof ToolView>;
