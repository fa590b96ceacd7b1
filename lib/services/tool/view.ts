import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";

/** Why a tool's words deserve a look before anybody trusts them. */
export const ToolWarning = z.enum(["odd_characters", "instructions", "names_other_tool"]);
export type ToolWarning = z.infer<typeof ToolWarning>;

/** A tool as its server described it. Texts come from outside: show them as text only. */
export const ToolView = z.object({
  name: z.string(),
  /** What clients see: `slug__tool`, shortened where it must be. */
  qualifiedName: z.string(),
  /** What stands behind `slug__` by an admin's choice; null: the tool's own name. */
  alias: z.string().nullable(),
  title: z.string().nullable(),
  /** What clients read: an admin's text where there is one, else the server's. */
  description: z.string().nullable(),
  /** The server's own text where an admin's stands in its place; null: it does not. */
  ownDescription: z.string().nullable(),
  enabled: z.boolean(),
  /** False where a switched-off tool is remembered although the server no longer lists it. */
  listed: z.boolean(),
  /** The server's own claims, unverified. */
  readOnly: z.boolean().nullable(),
  destructive: z.boolean().nullable(),
  /** Signs of an attempt to deceive people or to steer models, in the server's own words; found by patterns. */
  warnings: z.array(ToolWarning),
});
export type ToolView = z.infer<typeof ToolView>;

/** `new`: never looked at by an admin; `changed`: described otherwise than what an admin accepted. */
export const ReviewState = z.enum(["reviewed", "new", "changed"]);
export type ReviewState = z.infer<typeof ReviewState>;

/** A tool as it is stored here, with what it costs and whether somebody has looked at it. */
export const ListedTool = ToolView.extend({
  review: ReviewState,
  /** What its definition takes of a model's context, in tokens: an estimate, four characters a token. */
  cost: z.number().int(),
  /** Names that it had and that still answer, soonest to end first. */
  formerNames: z.array(z.object({ name: z.string(), until: IsoTime })),
});
export type ListedTool = z.infer<typeof ListedTool>;

/** A tool of the workspace's whole toolset. */
export const WorkspaceTool = ListedTool.extend({
  server: z.object({
    slug: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    /** Name of its brand mark; null: none. */
    icon: z.string().nullable(),
  }),
});
export type WorkspaceTool = z.infer<typeof WorkspaceTool>;

/** One tool with all that its server says of it. */
export const ToolDetail = WorkspaceTool.extend({
  /** JSON Schema of its arguments, as the server sent it; null where it is none. Foreign: may be anything inside. */
  inputSchema: z.record(z.string(), z.unknown()).nullable(),
});
export type ToolDetail = z.infer<typeof ToolDetail>;

/** A definition beside the one that was accepted before. */
export const ToolReview = z.object({
  tool: z.string(),
  qualifiedName: z.string(),
  state: ReviewState,
  /** Readable JSON; null where nobody has accepted it before. */
  before: z.string().nullable(),
  after: z.string(),
  /** Names the definition that is shown; accepting says which one was seen. */
  digest: z.string(),
});
export type ToolReview = z.infer<typeof ToolReview>;

export const ToolsChanged = z.object({ changed: z.number().int() });
export type ToolsChanged = z.infer<typeof ToolsChanged>;

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
