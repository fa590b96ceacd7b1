import { type FieldVerdict, REDACTED } from "@/lib/redacted-fields";
import { type Edit, elementTexts, splice, topLevelSpans } from "./json-span";

type Matcher = (name: string) => FieldVerdict;

const MAX_DEPTH = 128;
const LEFT_OUT = JSON.stringify(REDACTED);
const NUMBER = /^-?\d/;
/** Longer texts that are no JSON are not looked through as a whole. Characters. */
const MAX_TEXT = 256 << 10;

/**
 * A JSON text without the values of the fields that `matches` names, at any depth: in objects and arrays, in strings that
 * hold JSON or lines like `name: value`, and in pairs like `{"name": "Cookie", "value": "…"}`. All other bytes stay.
 * @throws SyntaxError where it is no JSON
 */
export function redactFields(json: string, matches: Matcher): string {
  return redactValue(json.trim(), matches, 0);
}

function redactValue(json: string, matches: Matcher, depth: number): string {
  if (depth > MAX_DEPTH) return LEFT_OUT;
  if (json.startsWith("{")) return redactObject(json, matches, depth);
  if (json.startsWith("[")) return redactArray(json, matches, depth);
  if (!json.startsWith('"')) return json;
  const text = JSON.parse(json) as string;
  const clean = redactText(text, matches, depth + 1);
  return clean === text ? json : JSON.stringify(clean);
}

function redactArray(json: string, matches: Matcher, depth: number): string {
  let changed = false;
  const elements = elementTexts(json).map((element) => {
    const clean = redactValue(element, matches, depth + 1);
    changed ||= clean !== element;
    return clean;
  });
  return changed ? `[${elements.join(",")}]` : json;
}

function redactObject(json: string, matches: Matcher, depth: number): string {
  const spans = spansOf(json);
  // A key that stands twice hides one of its values from the map; one that is written anew has each once.
  if (!spans) return redactObject(JSON.stringify(JSON.parse(json)), matches, depth);
  const edits: Edit[] = [];
  const pairs = namesPair(json, spans, matches);
  for (const [key, { valueStart: start, valueEnd: end }] of spans) {
    const value = json.slice(start, end);
    const verdict = matches(key);
    const out = verdict === "one" || (verdict === "many" && !NUMBER.test(value)) || (pairs && /^values?$/i.test(key));
    const text = out ? LEFT_OUT : redactValue(value, matches, depth + 1);
    if (text !== value) edits.push({ start, end, text });
  }
  return edits.length > 0 ? splice(json, edits) : json;
}

function spansOf(json: string): ReturnType<typeof topLevelSpans> | null {
  try {
    return topLevelSpans(json);
  } catch {
    return null;
  }
}

/** Whether the object is one entry of a list of names and values whose name is to be left out. */
function namesPair(json: string, spans: ReturnType<typeof topLevelSpans>, matches: Matcher): boolean {
  for (const [key, { valueStart, valueEnd }] of spans) {
    if (!/^(?:name|key|header|field|variable)$/i.test(key) || json[valueStart] !== '"') continue;
    if (matches(JSON.parse(json.slice(valueStart, valueEnd)) as string)) return true;
  }
  return false;
}

function redactText(text: string, matches: Matcher, depth: number): string {
  const start = text.trimStart().charAt(0);
  if (start === "{" || start === "[" || start === '"') {
    try {
      const json = text.trim();
      JSON.parse(json);
      return text.replace(json, () => redactValue(json, matches, depth));
    } catch {
      // Text around JSON, or several documents: looked through by pattern.
    }
  }
  if (!/[:=]/.test(text)) return text;
  const looked = text.slice(0, MAX_TEXT);
  const clean = looked.replace(LINE, (line, before: string, name: string) =>
    matches(name) ? `${before}${REDACTED}` : line,
  );
  const pairs = redactPairs(clean, matches);
  return text.length > MAX_TEXT ? pairs + REDACTED : pairs;
}

/** Names and values in plain text. What follows a name that may stay is looked at again: `https://x/?token=…`. */
function redactPairs(text: string, matches: Matcher): string {
  const [name, value] = [new RegExp(NAME), new RegExp(VALUE)];
  let out = "";
  let done = 0;
  for (let found = name.exec(text); found; found = name.exec(text)) {
    value.lastIndex = name.lastIndex;
    const verdict = matches(found[1] ?? "");
    const held = verdict && value.exec(text)?.[0];
    if (!held || (verdict === "many" && NUMBER.test(held))) continue;
    out += text.slice(done, name.lastIndex) + REDACTED;
    done = name.lastIndex + held.length;
    name.lastIndex = done;
  }
  return out + text.slice(done);
}

/** A header of HTTP whose value may hold blanks and semicolons, to the end of its line. */
const LINE = /^([ \t>*"']*((?:[\w-]+-)?(?:cookie|authorization))[ \t"']*[:=][ \t]*).+$/gim;
/** The name and sign of `name: value`, `"name": "value"`, `NAME=value`, as in logs, YAML, URLs and settings. */
const NAME = /(?<![\p{L}\p{N}_.-])[\\"'`]{0,4}([\p{L}_][\p{L}\p{N}_.-]{0,63})[\\"'`]{0,4}\s{0,8}[:=]\s{0,8}/gu;
/** What stands behind it: to the closing quote, the end of a list, or a blank. */
const VALUE =
  /\\*"(?:[^"\\]|\\.)*\\?"?|'[^']*'?|\[[^\]]*\]?|\{[^}]*\}?|(?:bearer|basic|token|digest)\s+\S+|[^\s,;&}\]"'`]+/iuy;
