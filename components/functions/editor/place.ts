import type { SyntaxNode, Tree } from "@lezer/common";
import { AUTHORING, type Entry, type Place } from "./authoring-api";

/** What can be offered at one point of the source. */
export interface Offer {
  /** Offset at which the word being typed starts. */
  from: number;
  entries: Entry[];
  /** Nothing else makes sense here, such as keywords of the language. */
  only: boolean;
}

const BRACKETS = new Set([
  "ObjectExpression",
  "ArrayExpression",
  "ArgList",
  "Block",
  "ClassBody",
  "ParenthesizedExpression",
]);

/** What the authoring API has to say at a point of the source; null where it has nothing. Pure: a tree and its text. */
export function offerAt(tree: Tree, text: string, pos: number): Offer | null {
  const node = tree.resolveInner(pos, -1);
  if (/Comment$/.test(node.name)) return null;
  const word = /[\w$]*$/.exec(text.slice(Math.max(0, pos - 100), pos))?.[0] ?? "";
  const from = pos - word.length;
  if (node.name === "String") return locationsAt(node, text, pos);
  if (node.name === "TemplateString" || node.name === "RegExp") return null;
  const before = text.slice(Math.max(0, from - 100), from);
  const object = /\b(ctx\.secrets|ctx|z)\.$/.exec(before)?.[1];
  if (object === "ctx.secrets") return { from, only: true, entries: secretNames(tree, text).map(secretEntry) };
  if (object) return { from, only: true, entries: AUTHORING[object === "z" ? "zod" : "ctx"] };
  if (/[.\w$]$/.test(before)) return null;
  const bracket = enclosing(node, pos);
  if (bracket?.name === "ObjectExpression") {
    const place = placeOf(bracket, text);
    if (!place || !/[{,]\s*$/.test(before)) return null;
    const taken = namesIn(bracket, text, from);
    return { from, only: true, entries: AUTHORING[place].filter(({ label }) => !taken.includes(label)) };
  }
  return word.length > 1 ? { from, only: false, entries: AUTHORING.top } : null;
}

/** Names of the secrets that `defineServer` declares in this file. */
export function secretNames(tree: Tree, text: string): string[] {
  const found: string[] = [];
  tree.iterate({
    enter: ({ node }) => {
      if (node.name !== "ObjectExpression" || nameOf(node.parent, text) !== "secrets") return;
      if (placeOf(node.parent?.parent ?? null, text) === "server") found.push(...namesIn(node, text, -1));
    },
  });
  return found;
}

const secretEntry = (label: string): Entry => ({
  label,
  kind: "value",
  type: "string",
  about: "A placeholder for this secret; its value goes in after the request has left this code.",
});

function enclosing(node: SyntaxNode, pos: number): SyntaxNode | null {
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (BRACKETS.has(at.name) && at.from < pos) return at;
  return null;
}

/** Which part of a definition an object literal is, by what stands around it. */
function placeOf(object: SyntaxNode | null, text: string): Place | null {
  if (object?.name !== "ObjectExpression") return null;
  const parent = object.parent;
  if (parent?.name === "ArgList") {
    const callee = parent.parent?.firstChild;
    const name = callee ? text.slice(callee.from, callee.to) : "";
    return name === "defineServer" ? "server" : name === "tool" ? "tool" : null;
  }
  if (parent?.name === "ArrayExpression")
    return nameOf(parent.parent, text) === "hosts" && placeOf(parent.parent?.parent ?? null, text) === "server"
      ? "host"
      : null;
  const name = nameOf(parent, text);
  const outer = parent?.parent ?? null;
  if (name === "annotations" && placeOf(outer, text) === "tool") return "annotations";
  if (name === "limits" && placeOf(outer, text) === "server") return "limits";
  const isSecret = nameOf(outer?.parent ?? null, text) === "secrets";
  return isSecret && placeOf(outer?.parent?.parent ?? null, text) === "server" ? "secret" : null;
}

/** The places a secret may go to, inside the texts of its `in`. */
function locationsAt(node: SyntaxNode, text: string, pos: number): Offer | null {
  const list = node.parent;
  if (list?.name !== "ArrayExpression" || nameOf(list.parent, text) !== "in") return null;
  if (placeOf(list.parent?.parent ?? null, text) !== "secret" || pos <= node.from) return null;
  return { from: node.from + 1, only: true, entries: AUTHORING.locations };
}

function nameOf(property: SyntaxNode | null, text: string): string | null {
  const key = property?.name === "Property" ? property.firstChild : null;
  return key ? text.slice(key.from, key.to).replace(/^["']|["']$/g, "") : null;
}

/** Names of an object's properties but the one that starts at `except`. */
function namesIn(object: SyntaxNode, text: string, except: number): string[] {
  return object
    .getChildren("Property")
    .filter(({ from }) => from !== except)
    .map((each) => nameOf(each, text) ?? "");
}
