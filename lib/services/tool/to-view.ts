import { GONE_DEFINITION } from "@/db/schema/server-tools";
import { exposeName } from "@/lib/mcp/tool-name";
import { iso } from "@/lib/services/fields";
import type { ListedTool, ReviewState, ToolView } from "./view";
import { toolWarnings } from "./warnings";

/** A tool's definition as the server sent it, and what we decided about it. */
export interface StoredTool {
  name: string;
  definition: string;
  enabled: boolean;
  listed: boolean;
  /** An admin's own name and text for it; absent or null: its server's. */
  alias?: string | null;
  description?: string | null;
}

/** With the definition that an admin accepted last; null: none yet. */
export interface ReviewedTool extends StoredTool {
  reviewed: string | null;
  /** What clients see; depends on the server's other tools too. */
  qualifiedName: string;
  formerNames: { name: string; until: Date }[];
}

const CHARACTERS_PER_TOKEN = 4;

const text = (value: unknown, max: number): string | null => (typeof value === "string" ? value.slice(0, max) : null);
const flag = (value: unknown): boolean | null => (typeof value === "boolean" ? value : null);

/**
 * What people see of a tool. The definition is foreign JSON: anything odd in it becomes null, nothing throws.
 * @param tool.qualifiedName absent where the server is not saved yet: then what it would be by default
 */
export function toToolView(serverSlug: string, tool: StoredTool & { qualifiedName?: string }): ToolView {
  const definition = asObject(tool.definition);
  const annotations = asObject(definition.annotations);
  const own = text(definition.description, 2_000);
  const overridden = (tool.description ?? null) !== null;
  return {
    name: tool.name,
    qualifiedName: tool.qualifiedName ?? exposeName(serverSlug, tool.alias ?? tool.name),
    alias: tool.alias ?? null,
    title: text(definition.title, 200) ?? text(annotations.title, 200),
    description: tool.description ?? own,
    ownDescription: overridden ? (own ?? "") : null,
    enabled: tool.enabled,
    listed: tool.listed,
    readOnly: flag(annotations.readOnlyHint),
    destructive: flag(annotations.destructiveHint),
    warnings: toolWarnings(serverSlug, tool.name, definition),
  };
}

/** What nobody sees needs no review. */
export const reviewState = ({ definition, reviewed }: Pick<ReviewedTool, "definition" | "reviewed">): ReviewState =>
  definition === GONE_DEFINITION
    ? "reviewed"
    : reviewed === null
      ? "new"
      : reviewed === definition
        ? "reviewed"
        : "changed";

/** A stored tool with its review and cost. */
export function toListedTool(serverSlug: string, tool: ReviewedTool): ListedTool {
  const formerNames = tool.formerNames.map(({ name, until }) => ({ name, until: iso(until) }));
  return { ...toToolView(serverSlug, tool), review: reviewState(tool), cost: costOf(tool), formerNames };
}

/** What a tool's definition takes of a model's context, in tokens: an estimate. */
export function costOf({ definition, description }: Pick<StoredTool, "definition" | "description">): number {
  const own = (description ?? null) === null ? "" : asObject(definition).description;
  const other = (description?.length ?? 0) - (typeof own === "string" ? own.length : 0);
  return Math.ceil(Math.max(definition.length + other, 0) / CHARACTERS_PER_TOKEN);
}

/** The input schema out of a definition; null where that holds none. */
export function inputSchemaOf(definition: string): Record<string, unknown> | null {
  const { inputSchema } = asObject(definition);
  return typeof inputSchema === "object" && inputSchema !== null ? asObject(inputSchema) : null;
}

function asObject(value: unknown): Record<string, unknown> {
  let parsed = value;
  if (typeof value === "string") {
    try {
      parsed = JSON.parse(value);
    } catch {
      return {};
    }
  }
  return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
    ? (parsed as Record<string, unknown>)
    : {};
}
