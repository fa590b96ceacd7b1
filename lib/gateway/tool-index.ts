import MiniSearch from "minisearch";
import { inScope, type ToolScope } from "@/lib/access/tool-scope";
import { type ExposedTool, scopedTool, type Toolset } from "./toolset";

/** What the search looks through, and what a hit in it counts. */
const BOOST = { name: 4, title: 3, description: 1.5, server: 1, arguments: 0.5 };
/** Words that say nothing about a tool. */
const NOISE = new Set(
  "a an and are as at by for from in into is it of on or that the this to with tool tools use".split(" "),
);
const LONGEST_DESCRIPTION = 5_000;

const indexes = new WeakMap<Toolset, MiniSearch>();

/** What a tool says of itself, for people and for the search. */
export interface ToolWords {
  title: string;
  description: string;
  arguments: string;
}

/** Title, description (an admin's where there is one) and names of arguments out of a definition; odd ones count as absent. */
export function wordsOf({ definition, description }: Pick<ExposedTool, "definition" | "description">): ToolWords {
  const value = read(definition);
  const said = (one: unknown) => (typeof one === "string" ? one : "");
  const properties = value?.inputSchema?.properties;
  return {
    title: said(value?.title),
    description: (description ?? said(value?.description)).slice(0, LONGEST_DESCRIPTION),
    arguments: typeof properties === "object" && properties !== null ? Object.keys(properties).join(" ") : "",
  };
}

interface Definition {
  title?: unknown;
  description?: unknown;
  inputSchema?: { properties?: unknown } | null;
}

/** Null, a tool that says nothing, for what is no JSON. */
function read(definition: string): Definition | null {
  try {
    return JSON.parse(definition) as Definition | null;
  } catch {
    return null;
  }
}

/** `createIssue` and `create_issue` are both "create issue". */
const words = (text: string): string[] =>
  text
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);

function indexOf(toolset: Toolset): MiniSearch {
  const known = indexes.get(toolset);
  if (known) return known;
  const index = new MiniSearch({
    fields: Object.keys(BOOST),
    tokenize: words,
    processTerm: (term) => (NOISE.has(term.toLowerCase()) ? null : term.toLowerCase()),
    searchOptions: {
      boost: BOOST,
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });
  index.addAll(
    toolset.tools.map((tool, id) => ({
      id,
      name: `${tool.exposed} ${tool.name}`,
      server: tool.server.slug,
      ...wordsOf(tool),
    })),
  );
  indexes.set(toolset, index);
  return index;
}

/** The tools that fit a query, best first, of those that the scope allows; without a query all, by name. */
export function findTools(
  toolset: Toolset,
  scope: ToolScope | null,
  { query, server }: { query: string; server: string | null },
): ExposedTool[] {
  const may = (tool: ExposedTool | undefined): tool is ExposedTool =>
    tool !== undefined && (server === null || tool.server.slug === server) && inScope(scope, scopedTool(tool));
  if (words(query).every((word) => NOISE.has(word.toLowerCase()))) return toolset.tools.filter(may);
  const index = indexOf(toolset);
  return index
    .search(query)
    .map(({ id }) => toolset.tools[id as number])
    .filter(may);
}
