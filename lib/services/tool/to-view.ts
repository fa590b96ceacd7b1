import { exposeName } from "@/lib/mcp/tool-name";
import type { ListedTool, ReviewState, ToolView } from "./view";

/** A tool's definition as the server sent it, and what we decided about it. */
export interface StoredTool {
  name: string;
  definition: string;
  enabled: boolean;
  listed: boolean;
}

/** With the definition that an admin accepted last; null: none yet. */
export interface ReviewedTool extends StoredTool {
  reviewed: string | null;
}

const CHARACTERS_PER_TOKEN = 4;

const text = (value: unknown, max: number): string | null => (typeof value === "string" ? value.slice(0, max) : null);
const flag = (value: unknown): boolean | null => (typeof value === "boolean" ? value : null);

/** What people see of a tool. The definition is foreign JSON: anything odd in it becomes null, nothing throws. */
export function toToolView(serverSlug: string, tool: StoredTool): ToolView {
  const definition = asObject(tool.definition);
  const annotations = asObject(definition.annotations);
  return {
    name: tool.name,
    qualifiedName: exposeName(serverSlug, tool.name),
    title: text(definition.title, 200) ?? text(annotations.title, 200),
    description: text(definition.description, 2_000),
    enabled: tool.enabled,
    listed: tool.listed,
    readOnly: flag(annotations.readOnlyHint),
    destructive: flag(annotations.destructiveHint),
  };
}

export const reviewState = ({ definition, reviewed }: Pick<ReviewedTool, "definition" | "reviewed">): ReviewState =>
  reviewed === null ? "new" : reviewed === definition ? "reviewed" : "changed";

/** A stored tool with its review and cost. */
export function toListedTool(serverSlug: string, tool: ReviewedTool): ListedTool {
  const cost = Math.ceil(tool.definition.length / CHARACTERS_PER_TOKEN);
  return { ...toToolView(serverSlug, tool), review: reviewState(tool), cost };
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
