import { type ToolKind, toolKindOf } from "@/lib/access/tool-kind";
import { inScope, type ScopedTool, type ToolScope } from "@/lib/access/tool-scope";
import { splice, topLevelSpans } from "@/lib/mcp/json-span";
import { exposeName, isAcceptableToolName } from "@/lib/mcp/tool-name";
import type { ServerTool, UpstreamServer } from "./ports";

/** One tool as clients see it. */
export interface ExposedTool {
  server: UpstreamServer;
  /** The upstream's own name. */
  name: string;
  /** By its own word; null: it says nothing. */
  kind: ToolKind | null;
}

/** The workspace's composed tool list. */
export interface Toolset {
  byName: Map<string, ExposedTool>;
  /** JSON text of the `tools` array, sorted by exposed name. */
  json: string;
  /** Each tool's place in `json`, in its order. */
  places: { tool: ExposedTool; start: number; end: number }[];
}

/** What a scope decides on. */
export const scopedTool = ({ server, name, kind }: ExposedTool): ScopedTool => ({
  serverId: server.id,
  name,
  readOnly: kind === "read",
});

const narrowed = new WeakMap<Toolset, WeakMap<ToolScope, string>>();

/** The list as a member of this scope sees it: JSON text of the `tools` array. Worked out once for each scope and list. */
export function listFor(toolset: Toolset, scope: ToolScope | null): string {
  if (scope === null) return toolset.json;
  const known = narrowed.get(toolset) ?? new WeakMap<ToolScope, string>();
  narrowed.set(toolset, known);
  const list = known.get(scope) ?? narrow(toolset, scope);
  known.set(scope, list);
  return list;
}

function narrow({ places, json }: Toolset, scope: ToolScope): string {
  const allowed = places.filter(({ tool }) => inScope(scope, scopedTool(tool)));
  return `[${allowed.map(({ start, end }) => json.slice(start, end)).join(",")}]`;
}

/** Composes what each server offers into one list: names prefixed, disabled tools left out, order stable. */
export function composeToolset(parts: { server: UpstreamServer; tools: ServerTool[] }[]): Toolset {
  const byName = new Map<string, ExposedTool>();
  const listed: { exposed: string; definition: string; tool: ExposedTool }[] = [];
  for (const { server, tools } of parts) {
    for (const tool of tools) {
      if (!tool.enabled || !isAcceptableToolName(tool.name)) continue;
      const exposed = exposeName(server.slug, tool.name);
      const definition = byName.has(exposed) ? null : expose(tool.definition, exposed);
      if (definition === null) continue;
      const entry = { server, name: tool.name, kind: toolKindOf(tool.definition) };
      byName.set(exposed, entry);
      listed.push({ exposed, definition, tool: entry });
    }
  }
  listed.sort((a, b) => (a.exposed < b.exposed ? -1 : 1));
  let end = 0;
  const places = listed.map(({ tool, definition }) => {
    const start = end + 1; // behind the bracket or comma
    end = start + definition.length;
    return { tool, start, end };
  });
  return { byName, json: `[${listed.map((tool) => tool.definition).join(",")}]`, places };
}

/**
 * A definition under its exposed name, all other bytes kept. Older clients drop a whole list for one schema that is
 * no object schema, so such an `inputSchema` becomes an open object and such an `outputSchema` is put aside.
 * Null where the definition is no usable JSON object.
 */
function expose(definition: string, exposed: string): string | null {
  try {
    const spans = topLevelSpans(definition);
    const name = spans.get("name");
    const input = spans.get("inputSchema");
    if (!name) return null;
    const edits = [{ start: name.valueStart, end: name.valueEnd, text: JSON.stringify(exposed) }];
    if (input && !isObjectSchema(definition.slice(input.valueStart, input.valueEnd))) {
      edits.push({ start: input.valueStart, end: input.valueEnd, text: '{"type":"object"}' });
    }
    const output = spans.get("outputSchema");
    if (output && !isObjectSchema(definition.slice(output.valueStart, output.valueEnd))) {
      // Under a name that nobody knows: a schema put in its place would promise structured content that never comes.
      const keyEnd = definition.indexOf('"', output.keyStart + 1) + 1;
      edits.push({ start: output.keyStart, end: keyEnd, text: '"x-outputSchema"' });
    }
    const text = splice(definition, edits);
    return input ? text : `${text.trimEnd().slice(0, -1)},"inputSchema":{"type":"object"}}`;
  } catch {
    return null;
  }
}

function isObjectSchema(text: string): boolean {
  const schema: unknown = JSON.parse(text);
  return typeof schema === "object" && schema !== null && (schema as { type?: unknown }).type === "object";
}
