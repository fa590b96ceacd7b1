import type { ToolArgument } from "./view";

const MAX_ARGUMENTS = 100;
const MAX_DEPTH = 4;
const KINDS = ["string", "number", "boolean"] as const;

type Schema = Record<string, unknown>;

const asSchema = (value: unknown): Schema | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : null;
const own = (schema: Schema, key: string): unknown => (Object.hasOwn(schema, key) ? schema[key] : undefined);

/**
 * The arguments of a tool that a rule can speak about, out of its input schema: single values, those inside objects
 * and those inside lists (a rule on a path through a list concerns each element). The schema is foreign JSON; what is
 * odd in it is left out, nothing throws, and depth and count are bounded.
 */
export function readArguments(inputSchema: unknown): ToolArgument[] {
  const root = asSchema(inputSchema);
  const found: ToolArgument[] = [];
  if (root) walk(root, root, [], true, found);
  return found.slice(0, MAX_ARGUMENTS);
}

function walk(root: Schema, schema: Schema, path: string[], required: boolean, found: ToolArgument[]): void {
  const properties = asSchema(own(schema, "properties"));
  if (!properties || path.length >= MAX_DEPTH) return;
  const needed = own(schema, "required");
  for (const [name, value] of Object.entries(properties)) {
    if (found.length >= MAX_ARGUMENTS) return;
    const property = resolve(root, asSchema(value));
    if (!property || name.length > 200) continue;
    const mustBeThere = required && Array.isArray(needed) && needed.includes(name);
    add(root, property, [...path, name], mustBeThere, found);
  }
}

/** A list stands for its elements; an object for its properties. */
function add(root: Schema, property: Schema, path: string[], required: boolean, found: ToolArgument[]): void {
  const items = typeOf(property) === "array" ? resolve(root, asSchema(own(property, "items"))) : null;
  const inner = items ?? property;
  if (asSchema(own(inner, "properties"))) {
    walk(root, inner, path, required, found);
    return;
  }
  const description = own(property, "description");
  found.push({
    path,
    kind: kindOf(inner),
    list: items !== null,
    options: optionsOf(inner),
    required,
    description: typeof description === "string" ? description.slice(0, 300) : null,
  });
}

/** Follows one reference into the same schema, as generators write them for shared types. */
function resolve(root: Schema, schema: Schema | null): Schema | null {
  const reference = schema && own(schema, "$ref");
  if (typeof reference !== "string") return schema;
  const steps = reference.startsWith("#/") ? reference.slice(2).split("/") : [];
  let at: Schema | null = steps.length > 0 ? root : null;
  for (const step of steps) at = at && asSchema(own(at, step));
  return at && own(at, "$ref") === undefined ? at : null;
}

/** The one type besides `null`, or of the one alternative besides `null`. */
function typeOf(schema: Schema): string | null {
  const type = own(schema, "type");
  if (typeof type === "string") return type;
  if (Array.isArray(type)) return only(type.filter((entry) => entry !== "null"));
  const alternatives = own(schema, "anyOf") ?? own(schema, "oneOf");
  if (!Array.isArray(alternatives)) return null;
  const types = new Set(alternatives.map((entry) => asSchema(entry)?.type).filter((entry) => entry !== "null"));
  return only([...types]);
}

const only = (types: unknown[]): string | null =>
  types.length === 1 && typeof types[0] === "string" ? types[0] : null;

function kindOf(schema: Schema): ToolArgument["kind"] {
  const type = typeOf(schema);
  if (type === "integer") return "number";
  const options = optionsOf(schema);
  return (
    KINDS.find((kind) => kind === type) ??
    KINDS.find((kind) => options.length > 0 && options.every((option) => typeof option === kind)) ??
    "unknown"
  );
}

function optionsOf(schema: Schema): ToolArgument["options"] {
  const choices = own(schema, "enum");
  if (!Array.isArray(choices)) return [];
  return choices
    .filter((choice) => typeof choice === "string" || typeof choice === "number" || typeof choice === "boolean")
    .slice(0, 200);
}
