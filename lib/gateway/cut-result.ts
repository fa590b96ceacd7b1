import { elementTexts, type Span, splice, topLevelSpans } from "@/lib/mcp/json-span";

/** One content block as it came, and what of it a model reads as text. */
interface Piece {
  raw: string;
  /** Null for pictures, sound and other binary content, which no bound of characters fits. */
  text: string | null;
  /** The same block with another text in its place; null where it can only go as a whole. */
  withText: ((text: string) => string) | null;
}

/** A result that is too long, cut. Lengths are characters of `textOf`. */
export interface CutResult {
  shown: number;
  whole: number;
  /** Whether all text is still there and only `structuredContent` was left out. */
  onlyStructure: boolean;
  /** The cut result with a text block behind what is left. */
  json(note: string): string;
}

const JOIN = "\n";

/**
 * Cuts the text of a `CallToolResult` (JSON text) at `cap` characters, and leaves `structuredContent` out where it is
 * longer or where text was cut (it says the same). Everything else stays to the byte.
 * @returns null where nothing is too long, or where this is no finished result
 */
export function cutResult(result: string, cap: number): CutResult | null {
  const { spans, pieces, structured } = read(result);
  const type = spans.get("resultType");
  if (type && result.slice(type.valueStart, type.valueEnd) !== '"complete"') return null;
  if (textsOf(pieces).length === 0 && structured !== null) pieces.push(textPiece(structured));
  const kept: string[] = [];
  let shown = 0;
  let left = cap;
  let first = true;
  let cut = false;
  for (const { raw, text, withText } of pieces) {
    if (text === null) kept.push(raw);
    if (text === null || cut) continue;
    shown += first ? 0 : JOIN.length;
    first = false;
    if (text.length <= left) kept.push(raw);
    else {
      cut = true;
      const end = characterEnd(text, left);
      if (!withText || end === 0) continue;
      kept.push(withText(text.slice(0, end)));
      shown += end;
      continue;
    }
    shown += text.length;
    left -= text.length;
  }
  if (!cut && (structured === null || structured.length <= cap)) return null;
  const whole = textsOf(pieces).join(JOIN).length;
  return {
    shown,
    whole,
    onlyStructure: !cut,
    json: (note) => put(result, spans, [...kept, JSON.stringify({ type: "text", text: note })]),
  };
}

/** All text of a result, blocks by lines: what `read_result` counts offsets in. */
export function textOf(result: string): string {
  const { pieces, structured } = read(result);
  const texts = textsOf(pieces);
  return texts.length === 0 && structured !== null ? structured : texts.join(JOIN);
}

/** The value that a path leads into: the structured content, else the text where it is JSON. Undefined: neither. */
export function jsonOf(result: string): unknown {
  const { pieces, structured } = read(result);
  if (structured !== null) return JSON.parse(structured);
  const texts = textsOf(pieces);
  const whole = parsed(texts.join(JOIN));
  if (whole !== undefined || texts.length < 2) return whole;
  const each = texts.map(parsed);
  return each.includes(undefined) ? undefined : each;
}

/** Where a text may end, at `most` at the latest: never inside a character. */
export function characterEnd(text: string, most: number): number {
  const last = text.charCodeAt(most - 1);
  return last >= 0xd800 && last <= 0xdbff ? most - 1 : most;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const textsOf = (pieces: Piece[]): string[] => pieces.flatMap(({ text }) => (text === null ? [] : [text]));

/** @throws SyntaxError where it is no object, or its content no list */
function read(result: string): { spans: Map<string, Span>; pieces: Piece[]; structured: string | null } {
  const spans = topLevelSpans(result);
  const valueAt = (key: string) => {
    const span = spans.get(key);
    return span ? result.slice(span.valueStart, span.valueEnd) : null;
  };
  const content = valueAt("content");
  const structured = valueAt("structuredContent");
  return { spans, pieces: content === null ? [] : elementTexts(content).map(toPiece), structured };
}

const textPiece = (text: string): Piece => toPiece(JSON.stringify({ type: "text", text }));

function toPiece(raw: string): Piece {
  const block = JSON.parse(raw) as {
    type?: unknown;
    text?: unknown;
    resource?: { text?: unknown; blob?: unknown };
  } | null;
  if (block?.type === "text" && typeof block.text === "string")
    return { raw, text: block.text, withText: (text) => replace(raw, "text", JSON.stringify(text)) };
  if (block?.type === "image" || block?.type === "audio") return { raw, text: null, withText: null };
  if (block?.type !== "resource") return { raw, text: raw, withText: null };
  if (typeof block.resource?.text !== "string")
    return { raw, text: typeof block.resource?.blob === "string" ? null : raw, withText: null };
  const span = topLevelSpans(raw).get("resource");
  const resource = span ? raw.slice(span.valueStart, span.valueEnd) : "{}";
  return {
    raw,
    text: block.resource.text,
    withText: (text) => replace(raw, "resource", replace(resource, "text", JSON.stringify(text))),
  };
}

function replace(json: string, key: string, value: string): string {
  const span = topLevelSpans(json).get(key);
  return span ? splice(json, [{ start: span.valueStart, end: span.valueEnd, text: value }]) : json;
}

function put(result: string, spans: Map<string, Span>, blocks: string[]): string {
  const content = spans.get("content");
  const list = `[${blocks.join(",")}]`;
  const edits = content ? [{ start: content.valueStart, end: content.valueEnd, text: list }] : [];
  const structured = spans.get("structuredContent");
  if (structured) {
    const whole = memberAt(result, structured);
    // Without a list of its own the result gets one in the place of what it loses.
    edits.push(
      content
        ? { ...whole, text: "" }
        : { start: structured.keyStart, end: structured.valueEnd, text: `"content":${list}` },
    );
  }
  return splice(result, edits);
}

/** A member of an object with the comma that goes with it. */
function memberAt(json: string, { keyStart, valueEnd }: Span): { start: number; end: number } {
  const before = json.slice(0, keyStart).trimEnd();
  if (before.endsWith(",")) return { start: before.length - 1, end: valueEnd };
  const after = /^\s*,/.exec(json.slice(valueEnd));
  return { start: keyStart, end: valueEnd + (after?.[0].length ?? 0) };
}
