import { exposeName } from "@/lib/mcp/tool-name";
import type { ToolView } from "./view";

/** A tool's definition as the server sent it, and what we decided about it. */
export interface StoredTool {
  name: string;
  definition: string;
  enabled: boolean;
  listed: boolean;
}

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
