/** Where one member of a JSON object stands in its text; offsets are UTF-16 code units, ends are exclusive. */
export interface Span {
  /** Of the key's opening quote. */
  keyStart: number;
  valueStart: number;
  valueEnd: number;
}

/** One replacement in a text. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Index behind the blanks that start at `at`. */
function skipBlanks(json: string, at: number): number {
  let i = at;
  for (let c = json.charCodeAt(i); c === 32 || c === 10 || c === 13 || c === 9; ) c = json.charCodeAt(++i);
  return i;
}

/** Index behind the string whose opening quote is at `at`, or -1. `indexOf` runs over long strings at memory speed. */
function stringEnd(json: string, at: number): number {
  for (let quote = json.indexOf('"', at + 1); quote >= 0; quote = json.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (json.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
  return -1;
}

function skipString(json: string, at: number): number {
  const end = stringEnd(json, at);
  if (end < 0) throw new SyntaxError("A JSON string has no end");
  return end;
}

/** Index behind the value at `at`. Counts brackets instead of recursing, so depth costs no stack. */
function skipValue(json: string, at: number, maxDepth: number): number {
  const first = json.charCodeAt(at);
  if (first === QUOTE) return skipString(json, at);
  if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) {
    let i = at;
    for (let c = first; i < json.length && c !== COMMA && c !== CLOSE_OBJECT && c !== CLOSE_ARRAY && c > 32; )
      c = json.charCodeAt(++i);
    if (i === at) throw new SyntaxError("A JSON value is missing");
    return i;
  }
  for (let i = at, depth = 0; i < json.length; ) {
    const c = json.charCodeAt(i);
    if (c === QUOTE) {
      i = skipString(json, i);
      continue;
    }
    i++;
    if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
      if (++depth > maxDepth) throw new SyntaxError("JSON is nested too deeply");
    } else if ((c === CLOSE_OBJECT || c === CLOSE_ARRAY) && --depth === 0) return i;
  }
  throw new SyntaxError("A JSON value has no end");
}

/** The key as a program sees it: `"\u0069d"` is `id`. */
function keyOf(json: string, start: number, end: number): string {
  const raw = json.slice(start + 1, end - 1);
  return raw.includes("\\") ? (JSON.parse(json.slice(start, end)) as string) : raw;
}

/**
 * Finds the members of the object that a JSON text is, without building it, so that one of them can be replaced and
 * all other bytes stay. It reads what `JSON.parse` accepts; it does not validate the values it skips.
 * @param maxDepth levels of nesting that values may have
 * @throws SyntaxError when the text is no object, nests deeper, or has a key twice: parsers differ on which one counts,
 * so what was checked here might not be what the receiver reads
 */
export function topLevelSpans(json: string, maxDepth = Number.POSITIVE_INFINITY): Map<string, Span> {
  const spans = new Map<string, Span>();
  let i = skipBlanks(json, 0);
  if (json.charCodeAt(i) !== OPEN_OBJECT) throw new SyntaxError("Not a JSON object");
  i = skipBlanks(json, i + 1);
  if (json.charCodeAt(i) === CLOSE_OBJECT) return atEnd(json, i + 1, spans);
  for (;;) {
    const keyStart = i;
    if (json.charCodeAt(i) !== QUOTE) throw new SyntaxError("A JSON key is missing");
    i = skipString(json, i);
    const key = keyOf(json, keyStart, i);
    i = skipBlanks(json, i);
    if (json.charCodeAt(i) !== COLON) throw new SyntaxError("A JSON key has no value");
    const valueStart = skipBlanks(json, i + 1);
    const valueEnd = skipValue(json, valueStart, maxDepth);
    if (spans.has(key)) throw new SyntaxError("A JSON key stands twice");
    spans.set(key, { keyStart, valueStart, valueEnd });
    i = skipBlanks(json, valueEnd);
    const c = json.charCodeAt(i);
    if (c === CLOSE_OBJECT) return atEnd(json, i + 1, spans);
    if (c !== COMMA) throw new SyntaxError("A JSON object has no end");
    i = skipBlanks(json, i + 1);
  }
}

function atEnd(json: string, at: number, spans: Map<string, Span>): Map<string, Span> {
  if (skipBlanks(json, at) !== json.length) throw new SyntaxError("Text follows the JSON object");
  return spans;
}

/** Raw texts of the elements of the JSON array that `json` is. @throws SyntaxError when it is none */
export function elementTexts(json: string): string[] {
  const texts: string[] = [];
  let i = skipBlanks(json, 0);
  if (json.charCodeAt(i) !== OPEN_ARRAY) throw new SyntaxError("Not a JSON array");
  i = skipBlanks(json, i + 1);
  if (json.charCodeAt(i) === CLOSE_ARRAY) return texts;
  for (;;) {
    const end = skipValue(json, i, Number.POSITIVE_INFINITY);
    texts.push(json.slice(i, end));
    i = skipBlanks(json, end);
    const c = json.charCodeAt(i);
    if (c === CLOSE_ARRAY) return texts;
    if (c !== COMMA) throw new SyntaxError("A JSON array has no end");
    i = skipBlanks(json, i + 1);
  }
}

/** The text with each edit's range replaced. Edits may come in any order but must not overlap. */
export function splice(json: string, edits: Edit[]): string {
  let out = "";
  let from = 0;
  for (const edit of edits.length > 1 ? edits.toSorted((a, b) => a.start - b.start) : edits) {
    out += json.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return out + json.slice(from);
}

/** How deep a JSON text nests; stops at the first level beyond `stopAt`, so a bomb costs no more than its first bytes. */
export function jsonDepth(json: string, stopAt = 1_000): number {
  let deepest = 0;
  for (let i = 0, depth = 0; i < json.length; i++) {
    const c = json.charCodeAt(i);
    if (c === QUOTE) {
      const end = stringEnd(json, i);
      if (end < 0) return deepest;
      i = end - 1;
    } else if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
      if (++depth > deepest) deepest = depth;
      if (deepest > stopAt) return deepest;
    } else if (c === CLOSE_OBJECT || c === CLOSE_ARRAY) depth--;
  }
  return deepest;
}
