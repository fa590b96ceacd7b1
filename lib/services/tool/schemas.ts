import { z } from "zod";
import { exposeNames, type NamedTool, TOOL_ALIAS } from "@/lib/mcp/tool-name";
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

/** How long a tool's old name goes on to answer after a rename, in days. */
export const FORMER_NAME_DAYS = 30;
/** Above so many tools, search mode is worth its extra step. */
export const SEARCH_MODE_FROM = 40;

/**
 * `alias` is what stands behind `<server>__`, `description` what clients read; null gives each back to the server, what is
 * absent stays.
 */
export const EditToolInput = z.strictObject({
  server: Ref,
  tool: ToolName,
  alias: z
    .string("A name is needed")
    .trim()
    .max(63, "At most 63 characters")
    .regex(TOOL_ALIAS, 'Letters, digits, "_" and "-"; a letter or digit first and last')
    .nullable()
    .optional(),
  description: z
    .string("A text is needed")
    .trim()
    .max(4_000, "At most 4000 characters")
    .regex(/^(?:[^\p{Cc}\p{Cf}\p{Cs}]|[\n\r\t])*$/u, "Remove invisible characters")
    .transform((text) => text || null)
    .nullable()
    .optional(),
});
export type EditToolInput = z.input<typeof EditToolInput>;

/** What a tool of a server would be called under an alias, and what stands against it; for forms, before anything is saved. */
export function previewName(
  server: string,
  tools: readonly (NamedTool & { formerNames: readonly { name: string }[] })[],
  wanted: NamedTool,
  max: number,
): { name: string; length: number; clash: { with: string; kind: "now" | "former" } | null } {
  const full = `${server}__${wanted.alias ?? wanted.name}`;
  const others = tools.filter(({ name }) => name !== wanted.name);
  const now = exposeNames(server, tools, max);
  const taken = wanted.alias === null ? undefined : others.find(({ name }) => now.get(name) === full);
  const former =
    wanted.alias === null ? undefined : others.find((tool) => tool.formerNames.some(({ name }) => name === full));
  const name = exposeNames(server, [...others, wanted], max).get(wanted.name) ?? full;
  return {
    name,
    length: full.length,
    clash: taken ? { with: taken.name, kind: "now" } : former ? { with: former.name, kind: "former" } : null,
  };
}

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
