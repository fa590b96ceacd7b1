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

/** One argument that a rule can be about. `kind` is the type of a single value; with `list`, of each element. */
export const ToolArgument = z.object({
  path: z.array(z.string()),
  kind: z.enum(["string", "number", "boolean", "unknown"]),
  list: z.boolean(),
  /** The values that the tool's schema allows; empty where it names none. */
  options: z.array(z.union([z.string(), z.number(), z.boolean()])),
  required: z.boolean(),
  description: z.string().nullable(),
});
export type ToolArgument = z.infer<typeof ToolArgument>;

/** A server with the tools that clients can see there now; what a member's scope chooses from. */
export const ServerTools = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  tools: z.array(z.object({ name: z.string(), title: z.string().nullable(), readOnly: z.boolean() })),
});
export type ServerTools = z.infer<typeof ServerTools>;
