import { type ToolKind, toolKindOf } from "@/lib/access/tool-kind";
import { inScope, type ScopedTool, type ToolScope } from "@/lib/access/tool-scope";
import { topLevelSpans } from "@/lib/mcp/json-span";
import { paramHeadersOf } from "@/lib/mcp/param-headers";
import type { Era } from "@/lib/mcp/protocol";
import { exposeNames, isAcceptableToolName } from "@/lib/mcp/tool-name";
import { ownTools } from "./own-tools";
import type { ServerTool, UpstreamServer } from "./ports";
import type { View } from "./scope";
import { showDefinition } from "./tool-definition";

/** One tool as clients see it. */
export interface ExposedTool {
  server: UpstreamServer;
  /** The upstream's own name. */
  name: string;
  /** The name under which clients see it in this view. */
  exposed: string;
  /** By its own word; null: it says nothing. */
  kind: ToolKind | null;
  /** JSON text of the tool as the upstream sent it. */
  definition: string;
  /** What clients read instead of its own description; null: its own. */
  description: string | null;
  /** Arguments that modern clients repeat in `Mcp-Param-…` headers (`x-mcp-header`), worked out when first asked for. */
  readonly paramHeaders: ReturnType<typeof paramHeadersOf>;
}

/** The tools of one view. */
export interface Toolset {
  /** By every name that a call may use: exposed ones, and on a composed endpoint those that tools had until a rename. */
  byName: Map<string, ExposedTool>;
  /** Sorted by exposed name. */
  tools: ExposedTool[];
  /** Of the gateway's own, which stand beside the others, or with `searchMode` in their place. JSON texts. */
  own: { definitions: string[]; alone: boolean };
  /** Long results are cut here, so none is promised to have structure. */
  unstructured: boolean;
}

/** What a scope decides on. */
export const scopedTool = ({ server, name, kind }: ExposedTool): ScopedTool => ({
  serverId: server.id,
  name,
  readOnly: kind === "read",
});

/** Lists by era and scope, each worked out once for each toolset. */
const lists = new WeakMap<
  Toolset,
  { all: Partial<Record<Era, Listed>>; narrowed: WeakMap<ToolScope, Partial<Record<Era, string>>> }
>();

interface Listed {
  /** The `tools` array. */
  json: string;
  /** Each tool's place in it. */
  places: { tool: ExposedTool; start: number; end: number }[];
}

/** The list as a client of this era and a member of this scope sees it: JSON text of the `tools` array. */
export function listFor(toolset: Toolset, scope: ToolScope | null, era: Era): string {
  const known = lists.get(toolset) ?? { all: {}, narrowed: new WeakMap() };
  lists.set(toolset, known);
  known.all[era] ??= listAll(toolset, era);
  const all = known.all[era];
  if (scope === null || toolset.own.alone) return all.json;
  const ofScope = known.narrowed.get(scope) ?? {};
  known.narrowed.set(scope, ofScope);
  ofScope[era] ??= narrow(toolset, all, scope);
  return ofScope[era];
}

/** A tool's definition (JSON text) as this era's clients see it, or null where it has none that they could read. */
export const definitionFor = (toolset: Toolset, tool: ExposedTool, era: Era): string | null =>
  showDefinition(tool.definition, {
    name: tool.exposed,
    description: tool.description,
    era,
    unstructured: toolset.unstructured,
  });

function listAll(toolset: Toolset, era: Era): Listed {
  const texts: string[] = [];
  const places: Listed["places"] = [];
  let end = 0;
  for (const tool of toolset.own.alone ? [] : toolset.tools) {
    // Clients must not list a tool whose header rules are broken, and a call of it could not be checked on its way.
    if (era === "modern" && tool.server.era === "modern" && tool.paramHeaders === "invalid") continue;
    const definition = definitionFor(toolset, tool, era);
    if (definition === null) continue;
    const start = end + 1; // behind the bracket or comma
    end = start + definition.length;
    texts.push(definition);
    places.push({ tool, start, end });
  }
  return { json: `[${[...texts, ...toolset.own.definitions].join(",")}]`, places };
}

function narrow({ own }: Toolset, { json, places }: Listed, scope: ToolScope): string {
  const allowed = places.filter(({ tool }) => inScope(scope, scopedTool(tool)));
  return `[${[...allowed.map(({ start, end }) => json.slice(start, end)), ...own.definitions].join(",")}]`;
}

/**
 * Composes what each server offers into one list: names prefixed, disabled tools left out, order stable. On a
 * single-server endpoint names are the server's own, and nothing of the gateway's stands beside its tools.
 */
export function composeToolset(
  { workspace, only }: Pick<View, "workspace" | "only">,
  parts: { server: UpstreamServer; tools: ServerTool[] }[],
): Toolset {
  const byName = new Map<string, ExposedTool>();
  for (const { server, tools } of parts) {
    const acceptable = tools.filter(({ name }) => isAcceptableToolName(name));
    const names = only ? null : exposeNames(server.slug, acceptable, workspace.nameLength);
    for (const tool of acceptable) {
      const exposed = names?.get(tool.name) ?? tool.name;
      if (tool.enabled && !byName.has(exposed) && isUsable(tool.definition))
        byName.set(exposed, exposeTool(server, tool, exposed));
    }
  }
  const tools = [...byName.values()].sort((a, b) => (a.exposed < b.exposed ? -1 : 1));
  if (!only) addFormerNames(byName, workspace.formerNames);
  const unstructured = !only && workspace.resultCap !== null;
  return { byName, tools, own: only ? { definitions: [], alone: false } : ownTools(workspace), unstructured };
}

function exposeTool(server: UpstreamServer, tool: ServerTool, exposed: string): ExposedTool {
  const { name, definition, description } = tool;
  let headers: ReturnType<typeof paramHeadersOf> | undefined;
  return {
    server,
    name,
    exposed,
    kind: toolKindOf(definition),
    definition,
    description,
    get paramHeaders() {
      headers ??= paramHeadersOf(definition);
      return headers;
    },
  };
}

/** A name that some tool has now is that tool's. */
function addFormerNames(
  byName: Map<string, ExposedTool>,
  former: { name: string; serverId: string; tool: string }[],
): void {
  if (former.length === 0) return;
  const key = (serverId: string, tool: string) => `${serverId}|${tool}`;
  const tools = new Map([...byName.values()].map((tool) => [key(tool.server.id, tool.name), tool]));
  for (const { name, serverId, tool } of former) {
    const behind = tools.get(key(serverId, tool));
    if (behind && !byName.has(name)) byName.set(name, behind);
  }
}

/** Whether the text can be a tool at all; what is wrong further in shows when it is listed. */
function isUsable(definition: string): boolean {
  try {
    return topLevelSpans(definition).has("name");
  } catch {
    return false;
  }
}
