import { isObject } from "@/lib/is-object";
import { type Edit, splice, topLevelSpans } from "@/lib/mcp/json-span";
import type { Era } from "@/lib/mcp/protocol";

type Json = Record<string, unknown>;

/** How a tool is to be shown instead of how its server describes it. */
export interface Shown {
  name: string;
  /** In place of the server's own text; null: that one. */
  description: string | null;
  era: Era;
  /** No result is promised to have structure: long ones are cut. */
  unstructured: boolean;
}

const OPEN_SCHEMA = '{"type":"object"}';

const isText = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const optional = (check: (value: unknown) => boolean) => (value: unknown) => value === undefined || check(value);

/** Fields that clients of every revision know, and the only form in which they take them. */
const FORMS: Record<string, (value: unknown) => boolean> = {
  title: isText,
  description: isText,
  icons: (value) => Array.isArray(value) && value.every(isIcon),
  annotations: (value) =>
    isObject(value) &&
    optional(isText)(value.title) &&
    ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"].every((hint) =>
      optional(isFlag)(value[hint]),
    ),
  execution: (value) =>
    isObject(value) &&
    optional((word) => ["required", "optional", "forbidden"].includes(word as string))(value.taskSupport),
  _meta: isObject,
};

function isIcon(value: unknown): boolean {
  if (!isObject(value) || !isText(value.src) || !optional(isText)(value.mimeType)) return false;
  return optional(isTexts)(value.sizes) && optional((theme) => theme === "light" || theme === "dark")(value.theme);
}

/**
 * A tool's definition (JSON text) as clients of one era take it; all bytes that may stay do. Clients drop a whole list for
 * one field that they cannot read, so such a field goes under a name that nobody knows (`x-…`), and an `inputSchema` is
 * made an object schema. Older clients also take neither a schema of anything else for results, nor `true` and `false`
 * as schemas of arguments (both of JSON Schema 2020-12).
 * @returns null where the definition is no usable JSON object
 */
export function showDefinition(definition: string, shown: Shown): string | null {
  try {
    const value: unknown = JSON.parse(definition);
    const spans = topLevelSpans(definition);
    const name = spans.get("name");
    if (!isObject(value) || !name) return null;
    const edits: Edit[] = [{ start: name.valueStart, end: name.valueEnd, text: JSON.stringify(shown.name) }];
    const more: string[] = [];
    const set = (key: string, text: string) => {
      const span = spans.get(key);
      if (span) edits.push({ start: span.valueStart, end: span.valueEnd, text });
      else more.push(`${JSON.stringify(key)}:${text}`);
    };
    const putAside = (key: string) => {
      const span = spans.get(key);
      if (!span) return;
      const keyEnd = definition.lastIndexOf('"', definition.lastIndexOf(":", span.valueStart)) + 1;
      edits.push({ start: span.keyStart, end: keyEnd, text: JSON.stringify(`x-${key}`) });
    };
    if (shown.description !== null) set("description", JSON.stringify(shown.description));
    for (const [key, fits] of Object.entries(FORMS))
      if (Object.hasOwn(value, key) && !fits(value[key]) && !(key === "description" && shown.description !== null))
        putAside(key);
    const textOf = (key: string) => {
      const span = spans.get(key);
      return span ? definition.slice(span.valueStart, span.valueEnd) : "";
    };
    if (!fitsAsInput(value.inputSchema, shown.era))
      set(
        "inputSchema",
        isObject(value.inputSchema) ? toObjectSchema(textOf("inputSchema"), value.inputSchema) : OPEN_SCHEMA,
      );
    if (Object.hasOwn(value, "outputSchema") && (shown.unstructured || !fitsAsOutput(value.outputSchema, shown.era)))
      putAside("outputSchema");
    const text = splice(definition, edits).trimEnd();
    return more.length === 0 ? text : `${text.slice(0, -1)},${more.join(",")}}`;
  } catch {
    return null;
  }
}

function fitsAsInput(schema: unknown, era: Era): boolean {
  return isObject(schema) && schema.type === "object" && isReadable(schema, era);
}

function fitsAsOutput(schema: unknown, era: Era): boolean {
  if (!isObject(schema)) return false;
  return era === "modern" ? optional(isText)(schema.$schema) : schema.type === "object" && isReadable(schema, era);
}

/** Whether SDKs read what they look at of an object schema. */
function isReadable({ properties, required }: Json, era: Era): boolean {
  const each = era === "modern" ? () => true : (value: unknown) => typeof value === "object" && value !== null;
  return (
    (properties === undefined || (isObject(properties) && Object.values(properties).every(each))) &&
    optional(isTexts)(required)
  );
}

/** The same schema for an object: what says otherwise is replaced, the rest stays as it stands. */
function toObjectSchema(text: string, schema: Json): string {
  try {
    const spans = topLevelSpans(text);
    const edits: Edit[] = [];
    const replace = (key: string, next: string) => {
      const span = spans.get(key);
      if (span) edits.push({ start: span.valueStart, end: span.valueEnd, text: next });
    };
    if (schema.type !== "object") replace("type", '"object"');
    if (schema.properties !== undefined) {
      const span = spans.get("properties");
      const all = isObject(schema.properties) && span ? text.slice(span.valueStart, span.valueEnd) : null;
      replace("properties", all === null ? "{}" : withoutBooleans(all));
    }
    if (!optional(isTexts)(schema.required)) replace("required", "[]");
    const next = splice(text, edits).trimEnd();
    if (spans.has("type")) return next;
    return spans.size === 0 ? OPEN_SCHEMA : `${next.slice(0, -1)},"type":"object"}`;
  } catch {
    return OPEN_SCHEMA; // a key stands twice in it
  }
}

/** `true` allows everything, as `{}` does; what nothing fits is `{"not":{}}`. */
function withoutBooleans(properties: string): string {
  const edits: Edit[] = [];
  for (const { valueStart: start, valueEnd: end } of topLevelSpans(properties).values()) {
    const first = properties[start];
    if (first === "{" || first === "[") continue;
    edits.push({ start, end, text: properties.slice(start, end) === "false" ? '{"not":{}}' : "{}" });
  }
  return splice(properties, edits);
}
