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
  const plain = whole.replace(/[^A-Za-z0-9_-]/gu, "_");
  if (plain === whole && whole.length <= max) return whole;
  return `${plain.slice(0, max - 7)}_${shortHash(whole)}`;
}

/** Splits an exposed name at the first `__`; slugs hold no `_`, so that place is sure. Null where there is no such place. */
export function splitName(name: string): { slug: string; tool: string } | null {
  const at = name.indexOf(SEPARATOR);
  return at < 1 || at + 2 === name.length ? null : { slug: name.slice(0, at), tool: name.slice(at + 2) };
}

/** Whether an upstream's tool may be listed under its name at all; NUL, controls, blanks, bidi and invisible characters may not. */
export const isAcceptableToolName = (name: string): boolean =>
  name.length <= LIMITS.toolNameLength && ACCEPTABLE.test(name);
