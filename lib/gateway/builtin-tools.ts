import { inScope } from "@/lib/access/tool-scope";
import { topLevelSpans } from "@/lib/mcp/json-span";
import { readKept } from "./kept-results";
import { FOUND, OWN } from "./own-tools";
import type { Engine, Scope } from "./scope";
import { findTools, wordsOf } from "./tool-index";
import { definitionFor, type ExposedTool, scopedTool, type Toolset } from "./toolset";

/** What became of a call of one of the gateway's own tools. */
export type Builtin =
  /** JSON text of a `CallToolResult`, without what belongs to a revision. */
  | { answer: string }
  /** Another tool is to be called in its place, as if the client had named that one; the arguments are as sent. */
  | { inner: { name: string; argumentsText: string } };

/** Characters of a description that `find_tools` shows. */
const SHOWN = 200;

/** A `CallToolResult` of one text. */
export const textResult = (text: string, isError = false): string =>
  JSON.stringify({ content: [{ type: "text", text }], ...(isError && { isError }) });

/**
 * Answers the gateway's own tools (`find_tools`, `describe_tool`, `call_tool`, `read_result`) on composed endpoints, also
 * where the list does not hold them: a client may still have the list of a moment ago. What they show and call is what
 * the member could use without them. They reach no server, so they leave no row of their own; `call_tool`'s inner call does.
 * @param argumentsText `params.arguments` as sent (JSON text of an object)
 * @returns null where the name is none of them
 */
export async function builtinCall(
  engine: Pick<Engine, "toolsets" | "keys" | "log" | "keptResults">,
  scope: Scope,
  name: string,
  argumentsText: string,
): Promise<Builtin | null> {
  if (scope.only) return null;
  if (name === OWN.call) return innerCall(argumentsText);
  const args = asObject(argumentsText);
  switch (name) {
    case OWN.find:
      return { answer: found(await tools(engine, scope), scope, args) };
    case OWN.describe:
      return { answer: described(await tools(engine, scope), scope, args) };
    case OWN.read:
      return { answer: await readKept(engine, scope, args) };
    default:
      return null;
  }
}

const tools = ({ toolsets }: Pick<Engine, "toolsets">, scope: Scope): Promise<Toolset> =>
  toolsets.fresh(scope, scope.principal.memberId);

function found(toolset: Toolset, scope: Scope, args: Record<string, unknown>): string {
  const query = typeof args.query === "string" ? args.query.slice(0, 500) : "";
  const server = typeof args.server === "string" && args.server !== "" ? args.server : null;
  const hits = findTools(toolset, scope.principal.toolScope, { query, server });
  if (hits.length === 0) {
    const where = server === null ? "" : ` on the server "${server.slice(0, 50)}"`;
    return textResult(`No tool fits${where}. Try other words, or an empty query for all tools by name.`);
  }
  const offset = wholeOf(args.offset, 0, 0, hits.length);
  const shown = hits.slice(offset, offset + wholeOf(args.limit, FOUND.usual, 1, FOUND.most));
  const end = offset + shown.length;
  const rest = end < hits.length ? { more: `${hits.length - end} more: offset ${end}` } : {};
  return textResult(JSON.stringify({ tools: shown.map(summary), ...rest }));
}

function summary(tool: ExposedTool): { name: string; description: string } {
  const { title, description } = wordsOf(tool);
  const said = (description || title).replace(/\s+/g, " ").trim();
  return { name: tool.exposed, description: said.length > SHOWN ? `${said.slice(0, SHOWN - 1)}…` : said };
}

function described(toolset: Toolset, scope: Scope, args: Record<string, unknown>): string {
  const name = typeof args.name === "string" ? args.name : "";
  const tool = toolset.byName.get(name);
  // As everywhere, a tool that one may not use is not told apart from one that does not exist.
  const definition =
    tool && inScope(scope.principal.toolScope, scopedTool(tool)) ? definitionFor(toolset, tool, scope.era) : null;
  return definition === null
    ? textResult(`There is no tool ${JSON.stringify(name.slice(0, 150))}. Use ${OWN.find} to find its name.`, true)
    : textResult(definition);
}

/** Read by spans, so that the inner tool gets its arguments to the byte. */
function innerCall(argumentsText: string): Builtin {
  const wrong = (text: string) => ({ answer: textResult(text, true) });
  try {
    const spans = topLevelSpans(argumentsText);
    const name = spans.get("name");
    const inner = spans.get("arguments");
    const called: unknown = name && JSON.parse(argumentsText.slice(name.valueStart, name.valueEnd));
    if (typeof called !== "string" || called === "")
      return wrong(`${OWN.call} needs "name", the name of a tool from ${OWN.find}.`);
    if ((Object.values(OWN) as string[]).includes(called))
      return wrong(`Call ${called} by itself, not by ${OWN.call}.`);
    const text = inner ? argumentsText.slice(inner.valueStart, inner.valueEnd) : "{}";
    if (!text.startsWith("{"))
      return wrong(`"arguments" must be an object with what ${called.slice(0, 150)} takes; ${OWN.describe} shows it.`);
    return { inner: { name: called, argumentsText: text } };
  } catch {
    return wrong(`${OWN.call} takes an object with "name" and "arguments", each once.`);
  }
}

function asObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

const wholeOf = (value: unknown, usual: number, least: number, most: number): number =>
  Number.isInteger(value) ? Math.min(Math.max(value as number, least), most) : usual;
