import { isObject, type Json, object, strings } from "./json";
import { toJsonSchema } from "./json-schema";
import type { Operation, Parameter } from "./operations";

/** A tool's input, and where each argument goes in the request. */
export interface ToolInput {
  schema: Json;
  path: string[];
  query: string[];
  headers: string[];
  /** Headers that have one value only: no model needs to choose it. */
  fixed: Record<string, string>;
  /** Arguments whose name in the request is another. */
  names: Record<string, string>;
  commas: string[];
  deep: string[];
  /** The argument that is the whole body; `*` where all that is left is the body's properties. */
  body: string | null;
}

/** Parameters become arguments under their names; the body's properties join them where no name stands twice. */
export function toolInput(document: Json, { parameters, body }: Operation): ToolInput {
  const input: ToolInput = {
    schema: {},
    path: [],
    query: [],
    headers: [],
    fixed: {},
    names: {},
    commas: [],
    deep: [],
    body: null,
  };
  const properties: Json = {};
  const required: string[] = [];
  for (const parameter of parameters) {
    const schema = toJsonSchema(document, parameter.schema);
    const only = onlyValue(parameter, schema);
    if (only !== null) {
      input.fixed[parameter.name] = only;
      continue;
    }
    const name = argumentName(parameter.name, properties);
    properties[name] = parameter.description ? { ...schema, description: parameter.description.slice(0, 300) } : schema;
    if (parameter.required) required.push(name);
    if (name !== parameter.name) input.names[name] = parameter.name;
    input[parameter.in === "header" ? "headers" : parameter.in].push(name);
    if (parameter.in === "query" && parameter.style !== "repeat") input[parameter.style].push(name);
  }
  if (body) {
    const schema = toJsonSchema(document, body.schema);
    const parts = object(schema.properties);
    const flat =
      schema.type === "object" &&
      isObject(schema.properties) &&
      !("oneOf" in schema || "anyOf" in schema || "allOf" in schema);
    if (flat && Object.keys(parts).every((name) => !Object.hasOwn(properties, name) && /^[\w.-]{1,64}$/.test(name))) {
      Object.assign(properties, parts);
      if (body.required) required.push(...strings(schema.required));
      input.body = "*";
    } else {
      input.body = argumentName("body", properties);
      properties[input.body] = schema;
      if (body.required) required.push(input.body);
    }
  }
  input.schema = { type: "object", properties, ...(required.length > 0 ? { required: [...new Set(required)] } : {}) };
  return input;
}

/** The value of a header that has a default or no alternative, such as an API's version. */
function onlyValue(
  { in: place, name }: Parameter,
  { const: fixed, enum: choices, default: preset }: Json,
): string | null {
  if (place !== "header" || !/^[\w-]+$/.test(name)) return null;
  const value = fixed ?? preset ?? (Array.isArray(choices) && choices.length === 1 ? choices[0] : undefined);
  return typeof value === "string" && /^[\x20-\x7e]*$/.test(value) ? value : null;
}

/** Models' APIs take letters, digits, `_`, `.` and `-` in the name of an argument. */
function argumentName(name: string, taken: Json): string {
  const plain = name.replace(/[^A-Za-z0-9_.-]+/g, "_").slice(0, 60) || "value";
  let free = plain === "__proto__" ? "proto" : plain;
  for (let count = 2; Object.hasOwn(taken, free); count++) free = `${plain}_${count}`;
  return free;
}
