import { z } from "zod";
import { Ref } from "@/lib/services/fields";

const ToolName = z.string().max(200);
const MOST_AT_ONCE = 500;

/** `tool` is the name without the server's prefix. */
export const SetToolEnabledInput = z.strictObject({
  server: Ref,
  tool: ToolName,
  enabled: z.boolean("true or false"),
});
export type SetToolEnabledInput = z.input<typeof SetToolEnabledInput>;

/** Several tools of any servers at once. */
export const SetToolsEnabledInput = z.strictObject({
  tools: z.array(z.strictObject({ server: Ref, tool: ToolName })).max(MOST_AT_ONCE, "At most 500 tools at once"),
  enabled: z.boolean("true or false"),
});
export type SetToolsEnabledInput = z.input<typeof SetToolsEnabledInput>;

/** @see SetToolEnabledInput */
export const ListToolArgumentsInput = z.strictObject({ server: Ref, tool: ToolName });
export type ListToolArgumentsInput = z.input<typeof ListToolArgumentsInput>;

/** @see SetToolEnabledInput */
export const GetToolInput = z.strictObject({ server: Ref, tool: ToolName });
export type GetToolInput = z.input<typeof GetToolInput>;

/** `digest` names the definition that was seen: what has changed since is not accepted. */
export const AcceptToolsInput = z.strictObject({
  server: Ref,
  tools: z
    .array(z.strictObject({ tool: ToolName, digest: z.string().regex(/^[0-9a-f]{64}$/, "SHA-256 in hex") }))
    .max(MOST_AT_ONCE, "At most 500 tools at once"),
});
export type AcceptToolsInput = z.input<typeof AcceptToolsInput>;

/** Definitions of a server that wait for a review. */
export const ListToolReviewsInput = z.strictObject({ server: Ref });
export type ListToolReviewsInput = z.input<typeof ListToolReviewsInput>;
