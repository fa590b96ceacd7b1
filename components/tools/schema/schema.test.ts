import { Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkForm, checkJson } from "./check";
import { draftFrom, emptyDraft } from "./draft";
import type { Draft, FormNode } from "./node";
import { readSchema } from "./read-schema";

interface Pair {
  schema: object;
  value: unknown;
}

/** A schema together with a value that it allows. */
const { pair } = fc.letrec<{ pair: Pair; entry: Pair }>((tie) => ({
  entry: fc.oneof({ maxDepth: 3 }, tie("pair"), tie("pair")),
  pair: fc.oneof(
    { maxDepth: 3 },
    fc.string({ minLength: 1 }).map((value) => ({ schema: { type: "string", minLength: 1 }, value })),
    fc.integer().map((value) => ({ schema: { type: "integer" }, value })),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => ({ schema: { type: "number" }, value: value === 0 ? 0 : value })),
    fc.boolean().map((value) => ({ schema: { type: "boolean" }, value })),
    fc
      .uniqueArray(fc.string(), { minLength: 1, maxLength: 4 })
      .map((options) => ({ schema: { enum: options }, value: options.at(-1) })),
    fc.constantFrom(null, 1, "x").map((value) => ({ schema: { const: value }, value })),
    fc.jsonValue({ maxDepth: 2 }).map((value) => ({ schema: {}, value: JSON.parse(JSON.stringify(value)) })),
    tie("entry").map(({ schema, value }) => ({ schema: { type: "array", items: schema }, value: [value, value] })),
    tie("entry").map(({ schema }) => ({ schema: { anyOf: [schema, { type: "null" }] }, value: null })),
    fc.integer().map((value) => ({ schema: { type: ["integer", "null"] }, value })),
    fc
      .dictionary(fc.stringMatching(/^[a-z/~ ]{1,6}$/), fc.tuple(tie("entry"), fc.boolean()), { maxKeys: 3 })
      .map(objectOf),
  ),
}));

function objectOf(fields: Record<string, [Pair, boolean]>): Pair {
  const entries = Object.entries(fields);
  return {
    schema: {
      type: "object",
      additionalProperties: false,
      properties: Object.fromEntries(entries.map(([name, [{ schema }]]) => [name, schema])),
      required: entries.filter(([, [, required]]) => required).map(([name]) => name),
    },
    value: Object.fromEntries(entries.map(([name, [{ value }]]) => [name, value])),
  };
}
const args = fc
  .dictionary(fc.stringMatching(/^[a-zA-Z_]{1,8}$/), fc.tuple(pair, fc.boolean()), { maxKeys: 5 })
  .map(objectOf);

const form = (schema: unknown): FormNode => {
  const node = readSchema(schema);
  if (!node) throw new Error("no form");
  return node;
};

test("whatever a schema allows goes into its form and comes out the same, valid", () => {
  fc.assert(
    fc.property(args, ({ schema, value }) => {
      const node = form(schema);
      const draft = draftFrom(node, value);
      expect(draft).not.toBeUndefined();
      expect(checkForm(node, draft as Draft, schema)).toEqual({ ok: true, value });
      expect(checkJson(JSON.stringify(value), schema)).toMatchObject({ ok: true });
    }),
    { numRuns: 300 },
  );
});

/** Types into every field of a draft that takes text. */
function typeInto(draft: Draft, texts: string[]): Draft {
  if (typeof draft === "string") return texts.pop() ?? draft;
  if (Array.isArray(draft)) return draft.map((inner) => typeInto(inner, texts));
  if (draft === null) return null;
  if ("at" in draft) return { at: draft.at, draft: typeInto(draft.draft, texts) };
  return {
    fields: Object.fromEntries(Object.entries(draft.fields).map(([name, inner]) => [name, typeInto(inner, texts)])),
  };
}

test("what a form lets pass is valid by its schema, whatever was typed", () => {
  const typed = fc.array(fc.oneof(fc.string(), fc.constantFrom("0", "1", "true", "null", "{}", "-3.5", "1e3")));
  fc.assert(
    fc.property(args, typed, ({ schema }, texts) => {
      const node = form(schema);
      const checked = checkForm(node, typeInto(emptyDraft(node), [...texts]), schema);
      if (checked.ok) expect(new Validator(schema, "2020-12").validate(checked.value).valid).toBe(true);
      else expect(checked.faults.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

describe("a form", () => {
  const schema = {
    type: "object",
    required: ["to", "priority", "when"],
    $defs: { Person: { type: "object", required: ["mail"], properties: { mail: { type: "string", minLength: 3 } } } },
    properties: {
      to: { type: "array", items: { $ref: "#/$defs/Person" }, minItems: 1 },
      priority: { type: "integer", minimum: 1, default: 2 },
      when: { oneOf: [{ const: "now" }, { type: "object", required: ["at"], properties: { at: { type: "string" } } }] },
      note: { type: ["string", "null"], description: "May be <b>bold</b>" },
    },
  };

  test("proposes defaults and names what is missing where it is", () => {
    const node = form(schema);
    const draft = emptyDraft(node) as { fields: Record<string, Draft> };
    expect(draft.fields).toEqual({ to: [], priority: "2", when: { at: 0, draft: null } });
    expect(checkForm(node, draft, schema)).toMatchObject({ ok: false, faults: [{ at: "/to" }] });
    const to = [{ fields: { mail: "" } }, { fields: { mail: "ab" } }];
    expect(checkForm(node, { fields: { ...draft.fields, to } }, schema)).toEqual({
      ok: false,
      faults: [{ at: "/to/0/mail", message: "This is required." }],
    });
    const short = { fields: { ...draft.fields, to: to.slice(1) } };
    expect(checkForm(node, short, schema)).toMatchObject({ ok: false, faults: [{ at: "/to/0/mail" }] });
  });

  test("JSON that the form has no place for stays JSON", () => {
    expect(draftFrom(form(schema), { to: [], priority: 1, when: "now", more: 1 })).toBeUndefined();
    expect(checkJson("[1]", schema)).toMatchObject({ ok: false, faults: [{ at: "" }] });
    expect(checkJson("{", schema)).toMatchObject({ ok: false });
  });
});

test("odd, endless and hostile schemas end in a bounded form, and hang nothing", () => {
  for (const odd of [null, 1, "x", [], { type: "string" }, { anyOf: [] }]) expect(readSchema(odd)).toBeNull();
  const endless = { type: "object", properties: { a: { $ref: "#" }, b: { $ref: "#/nowhere" } } };
  expect(form(endless)).toMatchObject({
    kind: "object",
    fields: [{ name: "a" }, { name: "b", node: { kind: "json" } }],
  });
  const wide = { type: "object", properties: Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`a${n}`, {}])) };
  expect(form(wide).kind).toBe("object");
  const slow = { type: "object", properties: { a: { type: "string", pattern: "^(a+)+$" } } };
  expect(checkJson(JSON.stringify({ a: `${"a".repeat(40)}!` }), slow)).toMatchObject({ ok: true });
  const elsewhere = { type: "object", properties: { a: { $ref: "https://evil.test/schema" } } };
  expect(checkJson('{"a":1}', elsewhere)).toMatchObject({ ok: true });
  expect(form(JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}'))).toMatchObject({
    fields: [],
  });
});
