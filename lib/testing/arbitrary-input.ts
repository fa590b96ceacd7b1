import fc from "fast-check";
import { z } from "zod";

/** The part of JSON Schema that zod writes for our inputs. */
interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  minimum?: number;
  maximum?: number;
  format?: string;
}

/**
 * Inputs of an operation's shape, for tests that try every operation: each text is one of `texts` or a plain word, so
 * that whatever can name a row of somebody else does so sooner or later.
 */
export function arbitraryInput(input: z.ZodType, texts: string[]): fc.Arbitrary<Record<string, unknown>> {
  const schema = z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Schema;
  return arbitrary(schema, texts) as fc.Arbitrary<Record<string, unknown>>;
}

function arbitrary(schema: Schema, texts: string[]): fc.Arbitrary<unknown> {
  const of = (one: Schema) => arbitrary(one, texts);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(of));
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "string":
      return schema.format === "date-time"
        ? fc.constant("2026-01-01T00:00:00Z")
        : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...texts) }, { weight: 1, arbitrary: fc.constant("word") });
    case "number":
    case "integer":
      return fc.integer({
        min: Math.max(schema.minimum ?? 1, 0),
        max: Math.max(schema.minimum ?? 1, Math.min(schema.maximum ?? 30, 30)),
      });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(of(schema.items ?? {}), { maxLength: 2 });
    case "object": {
      const { properties = {}, required = [], additionalProperties } = schema;
      if (Object.keys(properties).length === 0 && typeof additionalProperties === "object")
        return fc.dictionary(fc.constantFrom(...texts), of(additionalProperties), { maxKeys: 2 });
      const fields = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, of(one)]));
      return fc.record(fields, { requiredKeys: required });
    }
    default:
      return fc.oneof(fc.constantFrom(...texts), fc.integer({ min: 0, max: 9 }), fc.boolean());
  }
}
