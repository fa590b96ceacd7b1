import { type Schema as CfSchema, type SchemaDraft, Validator } from "@cfworker/json-schema";
import type { Checked, JsonSchema, Schema, StandardSchema } from "./types";

/** A schema made ready at start: what clients are shown, and the check of a value. */
export interface Compiled {
  json: Record<string, unknown>;
  check(value: unknown): Promise<Checked<unknown>>;
}

const isStandard = (schema: Schema): schema is StandardSchema => "~standard" in schema;

/**
 * Prepares a schema once, when the function starts, so that a bad one fails the deployment and not a call.
 * @param side which end of a transforming schema is described: what is sent, or what comes out
 * @throws TypeError where it is no schema of an object
 */
export function compile(schema: Schema, side: "input" | "output"): Compiled {
  const json = isStandard(schema) ? exported(schema, side) : { ...schema };
  if (json.type === undefined && json.properties !== undefined) json.type = "object";
  if (json.type !== "object") throw new TypeError(`the ${side} schema must describe an object`);
  if (isStandard(schema)) return { json, check: async (value) => schema["~standard"].validate(value) };
  const validator = new Validator(json as CfSchema, draftOf(json), false);
  return { json, check: async (value) => checked(validator, value) };
}

function exported(schema: StandardSchema, side: "input" | "output"): Record<string, unknown> {
  const { vendor, jsonSchema } = schema["~standard"];
  if (!jsonSchema)
    throw new TypeError(
      `the ${side} schema (${vendor}) exports no JSON Schema; give it one by withJsonSchema(schema, json)`,
    );
  // Inputs and outputs are both what travels, before any transformation.
  return { ...jsonSchema.input({ target: "draft-2020-12" }) };
}

/** For schema libraries without JSON Schema export, `zod/mini` among them: `withJsonSchema(schema, z.toJSONSchema(schema))`. */
export function withJsonSchema<Input, Output>(
  schema: StandardSchema<Input, Output>,
  json: JsonSchema,
): StandardSchema<Input, Output> {
  const give = () => ({ ...json });
  return { "~standard": { ...schema["~standard"], jsonSchema: { input: give, output: give } } };
}

function draftOf(json: JsonSchema): SchemaDraft {
  const draft = /draft-0([47])|2019-09/.exec(String(json.$schema ?? ""));
  return draft ? ((draft[1] ?? "2019-09") as SchemaDraft) : "2020-12";
}

function checked(validator: Validator, value: unknown): Checked<unknown> {
  const { valid, errors } = validator.validate(value);
  if (valid) return { value };
  // The innermost errors come last and name the place; those around them say only that something inside is wrong.
  const deepest = Math.max(...errors.map((error) => error.instanceLocation.length));
  const issues = errors
    .filter((error) => error.instanceLocation.length === deepest)
    .map((error) => ({ message: error.error, path: error.instanceLocation.split("/").slice(1) }));
  return { issues };
}

/** What is wrong, in a line a model can act on. */
export function explain(issues: NonNullable<Checked<unknown>["issues"]>): string {
  return issues
    .slice(0, 5)
    .map(({ message, path = [] }) => {
      const at = path.map((part) => String(typeof part === "object" ? part.key : part)).join(".");
      return at ? `${at}: ${message}` : message;
    })
    .join("; ");
}
