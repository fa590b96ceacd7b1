import { LIMITS } from "@/lib/limits";

const BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford: no i, l, o, u
const SEPARATOR = "__";
/** The names that protocol and clients expect (SEP-986), and letters and digits of any script; no blank, control, bidi or invisible character. */
const ACCEPTABLE = /^[\p{L}\p{M}\p{N}_.\-/:]{1,128}$/u;

/** 30 bits of 64-bit FNV-1a in base32: synchronous, the same on every node and in every version. */
function shortHash(name: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name))
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  let out = "";
  for (let bits = hash ^ (hash >> 30n), i = 0; i < 6; i++, bits >>= 5n) out += BASE32[Number(bits & 31n)];
  return out;
}

/**
 * The name under which clients see a tool: `slug__tool`, of `[A-Za-z0-9_-]` only and at most `max` characters, because
 * clients put prefixes before it and models take 64. A name that must be cut or respelled ends in `_` and a hash of the
 * whole original, so two tools never fall together by it.
 */
export function exposeName(serverSlug: string, tool: string, max: number = LIMITS.exposedNameLength): string {
  const whole = `${serverSlug}${SEPARATOR}${tool}`;
  return isPlain(whole) && whole.length <= max ? whole : hashed(whole, max);
}

const isPlain = (name: string): boolean => /^[A-Za-z0-9_-]*$/.test(name);

function hashed(whole: string, max: number): string {
  const plain = whole.replace(/[^A-Za-z0-9_-]/gu, "_");
  return `${plain.slice(0, max - 7)}_${shortHash(whole)}`;
}

/** What a tool's exposed name is made of; `alias` is what an admin calls it, null: nothing else than its server does. */
export interface NamedTool {
  name: string;
  alias: string | null;
}

/**
 * The names under which clients see the tools of one server, by the upstream's own names. Names that an admin chose come
 * first; a tool whose name is taken then gets a hash of its own, so that none is lost and no name means two. It depends
 * on the tools alone, not on their order or on which are switched on, so gateway and dashboard always agree.
 */
export function exposeNames(
  serverSlug: string,
  tools: readonly NamedTool[],
  max: number = LIMITS.exposedNameLength,
): Map<string, string> {
  const exposed = new Map<string, string>();
  const taken = new Set<string>();
  const rank = ({ alias }: NamedTool) => (alias === null ? 1 : 0);
  const inOrder = tools.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const { name, alias } of inOrder) {
    if (exposed.has(name)) continue;
    let free = exposeName(serverSlug, alias ?? name, max);
    for (let whole = `${serverSlug}${SEPARATOR}${name}`; taken.has(free); whole += "+") free = hashed(whole, max);
    taken.add(free);
    exposed.set(name, free);
  }
  return exposed;
}

/** What may stand behind `<server>__` in place of a tool's own name. */
export const TOOL_ALIAS = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/;

/** Splits an exposed name at the first `__`; slugs hold no `_`, so that place is sure. Null where there is no such place. */
export function splitName(name: string): { slug: string; tool: string } | null {
  const at = name.indexOf(SEPARATOR);
  return at < 1 || at + 2 === name.length ? null : { slug: name.slice(0, at), tool: name.slice(at + 2) };
}

/** Whether an upstream's tool may be listed under its name at all; NUL, controls, blanks, bidi and invisible characters may not. */
export const isAcceptableToolName = (name: string): boolean =>
  name.length <= LIMITS.toolNameLength && ACCEPTABLE.test(name);
