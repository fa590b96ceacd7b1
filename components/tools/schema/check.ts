import { Validator } from "@cfworker/json-schema";
import { collect } from "./draft";
import { childOf, type Draft, type Fault, type FormNode, type Json } from "./node";

export type Arguments = { [key: string]: Json };
export type Checked = { ok: true; value: Arguments } | { ok: false; faults: Fault[] };

/** Says that something inside is wrong, not what. */
const CONTAINERS = new Set([
  "properties",
  "items",
  "prefixItems",
  "$ref",
  "allOf",
  "additionalProperties",
  "if",
  "then",
]);
const ALTERNATIVES = new Set(["anyOf", "oneOf"]);
/** A repetition inside a repetition: such a pattern can keep a browser busy for minutes. */
const SLOW_PATTERN = /[+*}]\)?[+*{]|\([^)]*[+*{][^)]*\)[+*{]/;

/** The arguments that a form holds, checked against the tool's whole schema. */
export function checkForm(node: FormNode, draft: Draft, schema: unknown): Checked {
  const faults: Fault[] = [];
  const value = collect(node, draft, "", faults);
  if (faults.length > 0) return { ok: false, faults };
  return checkValue(value as Arguments, schema);
}

/** Arguments written as JSON, checked likewise. */
export function checkJson(text: string, schema: unknown): Checked {
  let value: unknown;
  try {
    value = JSON.parse(text.trim() === "" ? "{}" : text);
  } catch (error) {
    return { ok: false, faults: [{ at: "", message: `This is no valid JSON: ${(error as Error).message}` }] };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { ok: false, faults: [{ at: "", message: 'A JSON object is needed, such as {"name": "Ada"}.' }] };
  return checkValue(value as Arguments, schema);
}

/** A schema that cannot be used here (references elsewhere, broken) checks nothing: the server itself decides. */
function checkValue(value: Arguments, schema: unknown): Checked {
  if (typeof schema !== "object" || schema === null) return { ok: true, value };
  try {
    const result = new Validator(withoutSlowPatterns(schema) as object, "2020-12", false).validate(value);
    if (result.valid) return { ok: true, value };
    const leaves = result.errors.filter(({ keyword }) => !CONTAINERS.has(keyword));
    const exact = leaves.filter(({ keyword }) => !ALTERNATIVES.has(keyword));
    const faults = inAlternative(leaves) ? leaves.filter(({ keyword }) => ALTERNATIVES.has(keyword)) : exact;
    const told = (faults.length > 0 ? faults : result.errors).map(toFault);
    return { ok: false, faults: [...new Map(told.map((fault) => [fault.at, fault])).values()] };
  } catch {
    return { ok: true, value };
  }
}

const inAlternative = (errors: { keyword: string }[]): boolean =>
  errors.some(({ keyword }) => ALTERNATIVES.has(keyword));

function toFault({
  instanceLocation,
  keyword,
  error,
}: {
  instanceLocation: string;
  keyword: string;
  error: string;
}): Fault {
  const at = instanceLocation.replace(/^#/, "");
  const missing = keyword === "required" ? /property "(.*)"/.exec(error)?.[1] : undefined;
  if (missing !== undefined) return { at: childOf(at, missing), message: "This is required." };
  if (ALTERNATIVES.has(keyword)) return { at, message: "This fits none of the alternatives, or more than one." };
  return { at, message: error.replace(/^Instance /, "The value ").replace(/^String /, "The text ") };
}

/** The same schema without patterns that could hang the page; the server checks those. */
function withoutSlowPatterns(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSlowPatterns);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(key === "pattern" && typeof inner === "string" && SLOW_PATTERN.test(inner)))
      .filter(([key]) => key !== "patternProperties")
      .map(([key, inner]) => [key, withoutSlowPatterns(inner)]),
  );
}
