import { LIMITS } from "@/lib/limits";
import { elementTexts, topLevelSpans } from "./json-span";
import { isAcceptableToolName } from "./tool-name";
import { UpstreamError } from "./transport";
import type { UpstreamSession } from "./upstream";

/** A tool as its upstream describes it. */
export interface ListedTool {
  name: string;
  /** Raw JSON text, so that fields unknown here survive. */
  definition: string;
}

/**
 * All tools of an upstream, page by page. Tools under a name that may not be listed are left out, and so is the second
 * of two with one name. Bounded: 100 pages, 1,000 tools, 2 MiB, no cursor twice.
 * @param deadlineMs for all pages together
 * @throws UpstreamError; `not_mcp` when the list is malformed or its pages go round in a circle
 */
export async function listTools(
  session: UpstreamSession,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<ListedTool[]> {
  const startedAt = performance.now();
  const tools = new Map<string, ListedTool>();
  const cursors = new Set<string>();
  let bytes = 0;
  for (let cursor: string | undefined, page = 0; page < LIMITS.listPages; page++) {
    const left = deadlineMs - (performance.now() - startedAt);
    if (left <= 0) throw new UpstreamError("timeout", "The server did not list its tools in time");
    const params = cursor === undefined ? undefined : `{"cursor":${cursor}}`;
    const reply = await session.request("tools/list", params, {
      deadlineMs: left,
      maxBytes: LIMITS.listBytes - bytes,
      signal,
    });
    if (reply.kind === "error")
      throw new UpstreamError("not_mcp", "The server refused to list its tools", reply.httpStatus);
    bytes += reply.json.length;
    cursor = readPage(reply.json, tools);
    if (cursor === undefined) return [...tools.values()];
    if (bytes >= LIMITS.listBytes) throw new UpstreamError("too_large", "The server's tool list is too large");
    if (cursors.has(cursor)) throw new UpstreamError("not_mcp", "The server's tool list never ends");
    cursors.add(cursor);
  }
  throw new UpstreamError("not_mcp", `The server's tool list has more than ${LIMITS.listPages} pages`);
}

/** Adds one page's tools; returns the raw text of the next cursor, where there is one. */
function readPage(result: string, tools: Map<string, ListedTool>): string | undefined {
  try {
    const spans = topLevelSpans(result);
    const list = spans.get("tools");
    if (!list) throw new SyntaxError("no tools");
    for (const definition of elementTexts(result.slice(list.valueStart, list.valueEnd))) {
      const { name } = JSON.parse(definition) as { name?: unknown };
      if (typeof name !== "string" || !isAcceptableToolName(name) || tools.has(name) || !isUnambiguous(definition))
        continue;
      tools.set(name, { name, definition });
      if (tools.size > LIMITS.toolsPerServer)
        throw new UpstreamError("too_large", `The server lists more than ${LIMITS.toolsPerServer} tools`);
    }
    const next = spans.get("nextCursor");
    const cursor = next && result.slice(next.valueStart, next.valueEnd);
    return cursor?.startsWith('"') ? cursor : undefined;
  } catch (error) {
    throw error instanceof UpstreamError ? error : new UpstreamError("not_mcp", "The server's tool list is malformed");
  }
}

/** Whether no key of the tool stands twice, so that everyone reads the same tool. */
function isUnambiguous(definition: string): boolean {
  try {
    return topLevelSpans(definition).has("name");
  } catch {
    return false;
  }
}
