import { dereference } from "./document";
import { brief, isObject, type Json, list, object, own, strings, text } from "./json";

const SAME = [
  "type",
  "format",
  "enum",
  "const",
  "default",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
];
const BRANCHES = ["oneOf", "anyOf", "allOf"];
/** A tool's schema is paid for in every conversation; beyond this many characters its depths are left out. */
const MOST = 12_000;
const MOST_NODES = 500;

/**
 * A schema of the document as plain JSON Schema 2020-12 that stands on its own: references put in, OpenAPI's own words
 * translated or left out, what a caller cannot send (`readOnly`) left out. A schema inside itself becomes "anything".
 */
export function toJsonSchema(document: Json, schema: unknown): Json {
  for (const [depth, words] of [
    [6, 300],
    [4, 200],
    [3, 120],
    [2, 80],
  ] as const) {
    const made = convert({ document, words, left: MOST_NODES }, schema, [], depth);
    if (JSON.stringify(made).length <= MOST) return made;
  }
  return convert({ document, words: 60, left: 200 }, schema, [], 1);
}

/** `left` counts down the schemas still to be put in: references multiply. */
interface Work {
  document: Json;
  words: number;
  left: number;
}

function convert(work: Work, schema: unknown, within: unknown[], depth: number): Json {
  const { document, words } = work;
  const target = dereference(document, schema);
  if (!isObject(target) || within.includes(target)) return {};
  const source: Json = isObject(schema) && schema !== target ? { ...target, ...without(schema, "$ref") } : target;
  const into = (value: unknown) => convert(work, value, [...within, target], depth - 1);
  const made: Json = Object.fromEntries(
    SAME.flatMap((key) => (own(source, key) === undefined ? [] : [[key, source[key]]])),
  );
  const description = text(source.description) ?? text(source.title);
  if (description) made.description = brief(description, words);
  translate(source, made);
  if (depth <= 0 || --work.left <= 0)
    return made.type === undefined
      ? {}
      : { type: made.type, ...(made.description ? { description: made.description } : {}) };
  if (isObject(source.properties)) {
    const known = Object.entries(source.properties).filter(
      ([name, value]) => name !== "__proto__" && object(dereference(document, value)).readOnly !== true,
    );
    made.properties = Object.fromEntries(known.map(([name, value]) => [name, into(value)]));
    made.type ??= "object";
  }
  const required = strings(source.required).filter(
    (name) => !isObject(made.properties) || Object.hasOwn(made.properties, name),
  );
  if (required.length > 0) made.required = [...new Set(required)];
  if (isObject(source.items)) made.items = into(source.items);
  if (isObject(source.additionalProperties)) made.additionalProperties = into(source.additionalProperties);
  else if (source.additionalProperties === false) made.additionalProperties = false;
  for (const key of BRANCHES) if (list(source[key]).length > 0) made[key] = list(source[key]).map(into);
  return merged(made);
}

/** OpenAPI 3.0's own ways, and patterns that JavaScript cannot read. */
function translate(source: Json, made: Json): void {
  if (source.nullable === true) {
    if (typeof made.type === "string") made.type = [made.type, "null"];
    if (Array.isArray(made.enum) && !made.enum.includes(null)) made.enum = [...made.enum, null];
  }
  for (const [limit, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    if (typeof made[exclusive] !== "boolean") continue;
    if (made[exclusive] === true && made[limit] !== undefined) {
      made[exclusive] = made[limit];
      delete made[limit];
    } else delete made[exclusive];
  }
  if (made.pattern !== undefined && !isPattern(made.pattern)) delete made.pattern;
}

function isPattern(pattern: unknown): boolean {
  try {
    return typeof pattern === "string" && pattern.length <= 200 && Boolean(new RegExp(pattern, "u"));
  } catch {
    return false;
  }
}

/** `allOf` of plain objects is one object; models fill that in more surely, and its properties can become arguments. */
function merged(schema: Json): Json {
  const parts = list(schema.allOf).map(object);
  const plain = parts.every((part) => isObject(part.properties) && !BRANCHES.some((key) => Object.hasOwn(part, key)));
  if (parts.length === 0 || !plain) return schema;
  const whole = [...parts, schema];
  const required = [...new Set(whole.flatMap((part) => strings(part.required)))];
  const { allOf: _, ...rest } = schema;
  return {
    ...rest,
    type: "object",
    properties: Object.assign({}, ...whole.map((part) => object(part.properties))),
    ...(required.length > 0 ? { required } : {}),
  };
}

const without = (value: Json, key: string): Json =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
