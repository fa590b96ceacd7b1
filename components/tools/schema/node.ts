export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** One place of a form, made from a part of a JSON Schema. `json`: the schema says nothing that a form could show. */
export type FormNode = {
  title: string | null;
  /** The server's own words: text only. */
  description: string | null;
  /** What the schema proposes; undefined: nothing. */
  initial: unknown;
} & Shape;

type Shape =
  | { kind: "text"; format: string | null; long: boolean }
  | { kind: "number"; integer: boolean }
  | { kind: "boolean" }
  | { kind: "choice"; options: Json[] }
  | { kind: "const"; value: Json }
  | { kind: "list"; item: FormNode }
  | { kind: "object"; fields: FormField[] }
  | { kind: "union"; options: FormNode[] }
  | { kind: "json" };

export type { Shape };

export interface FormField {
  name: string;
  required: boolean;
  node: FormNode;
}

/**
 * What was typed so far, in the shape of the node: text for one value (the place in the list for a choice), a list, fields
 * by name (a missing one is left out of the arguments), or which alternative with its own draft. Null for a constant.
 */
export type Draft = string | null | Draft[] | { fields: Record<string, Draft> } | { at: number; draft: Draft };

/** A fault at one place; `at` is a JSON Pointer such as `/filter/0/name`, empty for the whole. */
export interface Fault {
  at: string;
  message: string;
}

export const childOf = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
