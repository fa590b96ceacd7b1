import type { FormField, FormNode, Json, Shape } from "./node";

const MAX_DEPTH = 6;
const MAX_NODES = 400;
const LONG_TEXT = /\b(?:body|content|text|markdown|message|prompt|query|code|source|description)\b/i;

type Schema = Record<string, unknown>;
interface Walk {
  root: Schema;
  left: number;
}

const asSchema = (value: unknown): Schema | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : null;
const own = (schema: Schema, key: string): unknown => (Object.hasOwn(schema, key) ? schema[key] : undefined);
const text = (value: unknown, max: number): string | null =>
  typeof value === "string" && value.trim() !== "" ? value.slice(0, max) : null;

/**
 * The form of a tool's arguments, or null where its schema describes no object with named fields: then there is JSON only.
 * The schema is foreign: depth and count are bounded, and whatever is odd in it becomes a field for JSON.
 */
export function readSchema(inputSchema: unknown): FormNode | null {
  const root = asSchema(inputSchema);
  if (!root) return null;
  const node = read({ root, left: MAX_NODES }, root, 0, "");
  return node.kind === "object" ? node : null;
}

function read(walk: Walk, given: unknown, depth: number, name: string): FormNode {
  const schema = resolve(walk.root, asSchema(given), 0);
  const about = {
    title: schema && text(own(schema, "title"), 120),
    description: schema && text(own(schema, "description"), 2_000),
    initial: schema ? own(schema, "default") : undefined,
  };
  const fits = schema !== null && depth < MAX_DEPTH && walk.left-- > 0;
  return { ...about, ...((fits && shapeOf(walk, schema, depth, name)) || { kind: "json" }) };
}

function shapeOf(walk: Walk, schema: Schema, depth: number, name: string): Shape | null {
  if (Object.hasOwn(schema, "const")) return { kind: "const", value: schema.const as Json };
  const choices = own(schema, "enum");
  if (Array.isArray(choices) && choices.length > 0 && choices.length <= 500)
    return { kind: "choice", options: choices as Json[] };
  if (asSchema(own(schema, "properties"))) return object(walk, schema, depth);
  const alternatives = own(schema, "anyOf") ?? own(schema, "oneOf");
  if (Array.isArray(alternatives)) return union(walk, alternatives, depth, name);
  const type = own(schema, "type");
  if (Array.isArray(type))
    return union(
      walk,
      type.map((each) => ({ ...schema, type: each })),
      depth,
      name,
    );
  return single(walk, schema, depth, name);
}

function single(walk: Walk, schema: Schema, depth: number, name: string): Shape | null {
  switch (own(schema, "type")) {
    case "string": {
      const long = Number(own(schema, "maxLength") ?? Number.POSITIVE_INFINITY) > 200 && LONG_TEXT.test(name);
      return { kind: "text", format: text(own(schema, "format"), 40), long };
    }
    case "number":
      return { kind: "number", integer: false };
    case "integer":
      return { kind: "number", integer: true };
    case "boolean":
      return { kind: "boolean" };
    case "null":
      return { kind: "const", value: null };
    case "array":
      return asSchema(own(schema, "items")) && !own(schema, "prefixItems")
        ? { kind: "list", item: read(walk, schema.items, depth + 1, name) }
        : null;
    case "object":
      // No named fields, and none allowed: an empty object. Anything else in it only JSON can say.
      return depth === 0 || own(schema, "additionalProperties") === false ? { kind: "object", fields: [] } : null;
    default:
      return null;
  }
}

function object(walk: Walk, schema: Schema, depth: number): Shape {
  const needed = own(schema, "required");
  const fields: FormField[] = Object.entries(schema.properties as Schema)
    .filter(([name, value]) => name.length <= 200 && name !== "__proto__" && value !== false)
    .map(([name, value]) => ({
      name,
      required: Array.isArray(needed) && needed.includes(name),
      node: read(walk, value, depth + 1, name),
    }));
  return { kind: "object", fields };
}

function union(walk: Walk, alternatives: unknown[], depth: number, name: string): Shape | null {
  if (alternatives.length === 0 || alternatives.length > 20) return null;
  const options = alternatives.map((each) => read(walk, each, depth + 1, name));
  const [first] = options;
  return options.length === 1 && first ? shapeOnly(first) : { kind: "union", options };
}

const shapeOnly = ({ title: _t, description: _d, initial: _i, ...shape }: FormNode): Shape => shape;

/** Follows references into the same schema, and an `allOf` of one, as generators write them for shared types. */
function resolve(root: Schema, schema: Schema | null, hops: number): Schema | null {
  if (!schema || hops > 8) return null;
  const reference = own(schema, "$ref");
  const all = own(schema, "allOf");
  if (typeof reference === "string") {
    const { $ref: _, ...rest } = schema;
    const target = resolve(root, pointed(root, reference), hops + 1);
    return target && { ...target, ...rest };
  }
  if (Array.isArray(all) && all.length === 1) {
    const { allOf: _, ...rest } = schema;
    const target = resolve(root, asSchema(all[0]), hops + 1);
    return target && { ...target, ...rest };
  }
  return all === undefined ? schema : null;
}

function pointed(root: Schema, reference: string): Schema | null {
  if (reference === "#") return root;
  const steps = reference.startsWith("#/") ? reference.slice(2).split("/") : [];
  let at: Schema | null = steps.length > 0 ? root : null;
  for (const step of steps) at = at && asSchema(own(at, step.replaceAll("~1", "/").replaceAll("~0", "~")));
  return at;
}
