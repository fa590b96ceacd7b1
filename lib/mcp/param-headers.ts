import { decodeHeaderValue, encodeHeaderValue } from "./header-value";

/** Which arguments of a tool travel as headers too: lower-case suffix of `Mcp-Param-…` → keys from `arguments` down to the value. */
export type ParamHeaders = Map<string, string[]>;

const ANNOTATION = "x-mcp-header";
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const TYPES: readonly unknown[] = ["string", "integer", "boolean"];
/** Where a schema may hold other schemas besides `properties`; an annotation below any of them makes the tool invalid. */
const BRANCHES =
  "items prefixItems contains additionalProperties unevaluatedProperties unevaluatedItems propertyNames patternProperties dependentSchemas oneOf anyOf allOf not if then else $defs definitions".split(
    " ",
  );
/** Those of them whose value is no schema but names schemas. */
const NAMED: readonly string[] = ["patternProperties", "dependentSchemas", "$defs", "definitions"];
const MAX_DEPTH = 64;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** The first rule of `x-mcp-header` that a schema breaks ends the walk. */
class Invalid extends Error {}

/**
 * The headers of a tool by its definition (JSON text), as 2026-07-28 has them in "Streamable HTTP: custom headers".
 * `invalid`: an annotation breaks a rule (an empty or odd name, one given twice, a value that is no string, integer or
 * boolean, or a place that is not reached by `properties` alone), so clients of that revision must leave the tool out.
 * Older clients, who ignore the annotation, may use it.
 */
export function paramHeadersOf(definition: string): ParamHeaders | "invalid" {
  const headers: ParamHeaders = new Map();
  if (!definition.includes("-mcp-header")) return headers;
  try {
    const tool: unknown = JSON.parse(definition);
    if (isObject(tool)) visit(tool.inputSchema, [], true, headers, 0);
    return headers;
  } catch {
    return "invalid";
  }
}

function visit(schema: unknown, path: string[], reachable: boolean, headers: ParamHeaders, depth: number): void {
  if (!isObject(schema)) return;
  if (depth > MAX_DEPTH) throw new Invalid();
  if (Object.hasOwn(schema, ANNOTATION)) {
    const name = schema[ANNOTATION];
    if (!reachable || path.length === 0 || typeof name !== "string" || !TOKEN.test(name)) throw new Invalid();
    if (!TYPES.includes(schema.type) || headers.has(name.toLowerCase())) throw new Invalid();
    headers.set(name.toLowerCase(), path);
  }
  if (isObject(schema.properties))
    for (const [key, inner] of Object.entries(schema.properties))
      visit(inner, [...path, key], reachable, headers, depth + 1);
  for (const keyword of BRANCHES) {
    const branch = schema[keyword];
    const inners =
      isObject(branch) && (Array.isArray(branch) || NAMED.includes(keyword)) ? Object.values(branch) : [branch];
    for (const inner of inners) visit(inner, path, false, headers, depth + 1);
  }
}

/** The value of one argument as a header says it; null where none is sent (absent, null, no plain value, or a number that is not exact). */
function textOf(args: unknown, path: string[]): string | null {
  let value = args;
  for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : String(value);
}

/** The headers of one call: lower-case names (`mcp-param-…`) and encoded values. @param args the call's arguments, parsed */
export function paramHeaderValues(headers: ParamHeaders, args: unknown): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [suffix, path] of headers) {
    const text = textOf(args, path);
    if (text !== null) values[`mcp-param-${suffix}`] = encodeHeaderValue(text);
  }
  return values;
}

/**
 * Compares what a client sent in headers with the arguments, as a server that reads the body must.
 * @param header value of a header by its lower-case name
 * @returns the name of the first header that is missing, not decodable, or says something else; null where all agree
 */
export function findParamMismatch(
  headers: ParamHeaders,
  args: unknown,
  header: (name: string) => string | null,
): string | null {
  for (const [suffix, path] of headers) {
    const text = textOf(args, path);
    if (text === null) continue;
    const name = `mcp-param-${suffix}`;
    const sent = header(name);
    const said = sent === null ? null : decodeHeaderValue(sent);
    if (said === null || !(said === text || sameNumber(said, text))) return name;
  }
  return null;
}

/** `42.0` and `42` are one number. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const sameNumber = (a: string, b: string): boolean => NUMBER.test(a) && NUMBER.test(b) && Number(a) === Number(b);
