import { LIMITS } from "@/lib/limits";
import { elementTexts, topLevelSpans } from "./json-span";
import { RPC } from "./protocol";
import { isAcceptableToolName } from "./tool-name";
import { UpstreamError } from "./transport";
import type { UpstreamReply, UpstreamSession } from "./upstream";

/** One entry of an upstream's list. */
export interface ListedItem {
  /** What it is addressed by: a name, a URI or a URI template. */
  key: string;
  /** Raw JSON text, so that fields unknown here survive. */
  definition: string;
}

/** One kind of list. */
export interface ListKind {
  method: string;
  /** Member of the result, and of messages. */
  member: "tools" | "prompts" | "resources" | "resourceTemplates";
  /** Member of an entry that addresses it. */
  key: "name" | "uri" | "uriTemplate";
  accepts(key: string): boolean;
  /** Whether a server without the method has an empty list. */
  optional: boolean;
}

/** A URI that can stand in a list; blanks, controls and invisible characters cannot. */
const isAcceptableUri = (uri: string): boolean => uri.length <= 2_048 && /^[^\s\p{C}]+$/u.test(uri);

const PROMPTS: ListKind = {
  method: "prompts/list",
  member: "prompts",
  key: "name",
  accepts: isAcceptableToolName,
  optional: true,
};
const RESOURCES: ListKind = {
  method: "resources/list",
  member: "resources",
  key: "uri",
  accepts: isAcceptableUri,
  optional: true,
};
const TEMPLATES: ListKind = {
  method: "resources/templates/list",
  member: "resourceTemplates",
  key: "uriTemplate",
  accepts: isAcceptableUri,
  optional: true,
};

type ListOf = (session: UpstreamSession, deadlineMs: number, signal?: AbortSignal) => Promise<ListedItem[]>;

/** All prompts of an upstream, by name. Bounds and errors as in `listAll`. */
export const listPrompts: ListOf = (session, deadlineMs, signal) => listAll(session, PROMPTS, deadlineMs, signal);
/** All resources of an upstream, by URI. */
export const listResources: ListOf = (session, deadlineMs, signal) => listAll(session, RESOURCES, deadlineMs, signal);
/** All resource templates of an upstream, by URI template. */
export const listTemplates: ListOf = (session, deadlineMs, signal) => listAll(session, TEMPLATES, deadlineMs, signal);

/**
 * One list of an upstream, page by page. Entries under a key that may not be listed are left out, and so is the second
 * of two with one key. Bounded: 100 pages, 1,000 entries, 2 MiB, no cursor twice.
 * @param deadlineMs for all pages together
 * @throws UpstreamError; `not_mcp` when the list is malformed or its pages go round in a circle
 */
export async function listAll(
  session: UpstreamSession,
  kind: ListKind,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<ListedItem[]> {
  const startedAt = performance.now();
  const noun = nounOf(kind);
  const items = new Map<string, ListedItem>();
  const cursors = new Set<string>();
  let bytes = 0;
  for (let cursor: string | undefined, page = 0; page < LIMITS.listPages; page++) {
    const left = deadlineMs - (performance.now() - startedAt);
    if (left <= 0) throw new UpstreamError("timeout", `The server did not list its ${noun}s in time`);
    const params = cursor === undefined ? undefined : `{"cursor":${cursor}}`;
    const maxBytes = LIMITS.listBytes - bytes;
    const reply = await session.request(kind.method, params, { deadlineMs: left, maxBytes, signal });
    if (reply.kind === "error") {
      if (kind.optional && isUnknownMethod(reply)) return [];
      throw new UpstreamError("not_mcp", `The server refused to list its ${noun}s`, reply.httpStatus);
    }
    bytes += reply.json.length;
    cursor = readPage(reply.json, kind, items);
    if (cursor === undefined) return [...items.values()];
    if (bytes >= LIMITS.listBytes) throw new UpstreamError("too_large", `The server's ${noun} list is too large`);
    if (cursors.has(cursor)) throw new UpstreamError("not_mcp", `The server's ${noun} list never ends`);
    cursors.add(cursor);
  }
  throw new UpstreamError("not_mcp", `The server's ${noun} list has more than ${LIMITS.listPages} pages`);
}

const nounOf = ({ member }: ListKind): string =>
  member === "resourceTemplates" ? "resource template" : member.slice(0, -1);

const isUnknownMethod = ({ json }: UpstreamReply): boolean =>
  (JSON.parse(json) as { code?: unknown }).code === RPC.methodNotFound;

/** Adds one page's entries; returns the raw text of the next cursor, where there is one. */
function readPage(result: string, kind: ListKind, items: Map<string, ListedItem>): string | undefined {
  const noun = nounOf(kind);
  try {
    const spans = topLevelSpans(result);
    const list = spans.get(kind.member);
    if (!list) throw new SyntaxError("no list");
    for (const definition of elementTexts(result.slice(list.valueStart, list.valueEnd))) {
      const { [kind.key]: key } = JSON.parse(definition) as Record<string, unknown>;
      if (typeof key !== "string" || !kind.accepts(key) || items.has(key) || !isUnambiguous(definition, kind.key))
        continue;
      items.set(key, { key, definition });
      if (items.size > LIMITS.toolsPerServer)
        throw new UpstreamError("too_large", `The server lists more than ${LIMITS.toolsPerServer} ${noun}s`);
    }
    const next = spans.get("nextCursor");
    const cursor = next && result.slice(next.valueStart, next.valueEnd);
    return cursor?.startsWith('"') ? cursor : undefined;
  } catch (error) {
    throw error instanceof UpstreamError
      ? error
      : new UpstreamError("not_mcp", `The server's ${noun} list is malformed`);
  }
}

/** Whether no key of the entry stands twice, so that everyone reads the same. */
function isUnambiguous(definition: string, key: string): boolean {
  try {
    return topLevelSpans(definition).has(key);
  } catch {
    return false;
  }
}
