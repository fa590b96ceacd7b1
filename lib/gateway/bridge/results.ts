import { type Edit, elementTexts, splice, topLevelSpans } from "@/lib/mcp/json-span";

/** Raw text of one member of a JSON object; undefined where it is absent. @throws SyntaxError where `json` is no object */
export function memberOf(json: string, key: string): string | undefined {
  const span = topLevelSpans(json).get(key);
  return span && json.slice(span.valueStart, span.valueEnd);
}

/** The kind of a modern result; what says nothing is complete. */
export function resultTypeOf(result: string): string {
  // Most results are of older servers or complete, and need no second look.
  if (!result.includes('"resultType"')) return "complete";
  const raw = memberOf(result, "resultType");
  return raw?.startsWith('"') ? (JSON.parse(raw) as string) : "complete";
}

/**
 * A newer server's tool result for an older client, which takes objects alone as structured content: anything else is
 * left out, and said as text where there is nothing else to read.
 */
export function withObjectStructure(result: string): string {
  const spans = topLevelSpans(result);
  const structured = spans.get("structuredContent");
  if (!structured || result[structured.valueStart] === "{") return result;
  const value = result.slice(structured.valueStart, structured.valueEnd);
  const kept = [...spans].filter(([key]) => key !== "structuredContent" && key !== "content");
  const content = memberOf(result, "content");
  const isEmpty = content === undefined || (content.startsWith("[") && elementTexts(content).length === 0);
  const shown = isEmpty ? `[{"type":"text","text":${JSON.stringify(value)}}]` : content;
  const members = [`"content":${shown}`, ...kept.map(([, span]) => result.slice(span.keyStart, span.valueEnd))];
  return `{${members.join(",")}}`;
}

/** Where URIs stand in a result: of tools in `content`, of prompts in each message's, of reading in `contents`. */
export type UriPlaces = "content" | "messages" | "contents";

/**
 * A result whose resource URIs are the ones that clients know: of links and embedded resources, or of the contents that
 * were read. All other bytes stay; what cannot be read stays whole.
 * @param expose the client's URI for a server's
 */
export function withExposedUris(result: string, places: UriPlaces, expose: (uri: string) => string): string {
  if (!result.includes(places === "contents" ? '"uri"' : '"resource')) return result;
  try {
    return editMember(result, places, (list) =>
      editElements(list, (element) => {
        if (places === "contents") return editUri(element, expose);
        if (places === "messages") return editMember(element, "content", (content) => exposeContent(content, expose));
        return exposeBlock(element, expose);
      }),
    );
  } catch {
    return result;
  }
}

/** A message of a prompt holds one block, in some revisions several. */
const exposeContent = (content: string, expose: (uri: string) => string): string =>
  content.startsWith("[") ? editElements(content, (block) => exposeBlock(block, expose)) : exposeBlock(content, expose);

function exposeBlock(block: string, expose: (uri: string) => string): string {
  if (!block.startsWith("{")) return block;
  switch (memberOf(block, "type")) {
    case '"resource_link"':
      return editUri(block, expose);
    case '"resource"':
      return editMember(block, "resource", (resource) => editUri(resource, expose));
    default:
      return block;
  }
}

function editUri(json: string, expose: (uri: string) => string): string {
  if (!json.startsWith("{")) return json;
  return editMember(json, "uri", (uri) =>
    uri.startsWith('"') ? JSON.stringify(expose(JSON.parse(uri) as string)) : uri,
  );
}

/** Replaces one member's text where there is such a member. @throws SyntaxError where `json` is no object */
export function editMember(json: string, key: string, edit: (value: string) => string): string {
  const span = topLevelSpans(json).get(key);
  if (!span) return json;
  const { valueStart: start, valueEnd: end } = span;
  return splice(json, [{ start, end, text: edit(json.slice(start, end)) }]);
}

function editElements(json: string, edit: (element: string) => string): string {
  if (!json.startsWith("[")) return json;
  const edits: Edit[] = [];
  let from = 0;
  for (const element of elementTexts(json)) {
    const start = json.indexOf(element, from);
    from = start + element.length;
    const text = edit(element);
    if (text !== element) edits.push({ start, end: from, text });
  }
  return splice(json, edits);
}
