import { splice, topLevelSpans } from "@/lib/mcp/json-span";
import { exposeName, isAcceptableToolName } from "@/lib/mcp/tool-name";
import type { ServerTool, UpstreamServer } from "./ports";

/** One tool as clients see it. */
export interface ExposedTool {
  server: UpstreamServer;
  /** The upstream's own name. */
  name: string;
}

/** The workspace's composed tool list. */
export interface Toolset {
  byName: Map<string, ExposedTool>;
  /** JSON text of the `tools` array, sorted by exposed name. */
  json: string;
}

/** Composes what each server offers into one list: names prefixed, disabled tools left out, order stable. */
export function composeToolset(parts: { server: UpstreamServer; tools: ServerTool[] }[]): Toolset {
  const byName = new Map<string, ExposedTool>();
  const listed: { exposed: string; definition: string }[] = [];
  for (const { server, tools } of parts) {
    for (const tool of tools) {
      if (!tool.enabled || !isAcceptableToolName(tool.name)) continue;
      const exposed = exposeName(server.slug, tool.name);
      const definition = byName.has(exposed) ? null : expose(tool.definition, exposed);
      if (definition === null) continue;
      byName.set(exposed, { server, name: tool.name });
      listed.push({ exposed, definition });
    }
  }
  listed.sort((a, b) => (a.exposed < b.exposed ? -1 : 1));
  return { byName, json: `[${listed.map((tool) => tool.definition).join(",")}]` };
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
