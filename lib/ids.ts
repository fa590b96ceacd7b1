/** Prefix of each kind of row; the prefix is part of the id everywhere, so a wrong id is seen at once. */
export const ID_PREFIX = {
  user: "usr",
  workspace: "ws",
  member: "mem",
  token: "tok",
  grant: "grt",
  apiKey: "key",
  server: "srv",
  secret: "sec",
  dataKey: "dek",
  call: "call",
  audit: "aud",
  invitation: "inv",
  rule: "rule",
  session: "ses",
  passwordReset: "pwr",
  function: "fn",
  deployment: "dep",
  egress: "egr",
  export: "exp",
  result: "res",
} as const;
export type IdKind = keyof typeof ID_PREFIX;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford base32: no i, l, o, u

function base32(value: number, length: number): string {
  let out = "";
  for (let rest = value, i = 0; i < length; i++, rest = Math.floor(rest / 32)) out = ALPHABET[rest % 32] + out;
  return out;
}

let pool = new Uint8Array(0);

/** 15 random bytes out of a block that is drawn for many ids at once: each draw costs a call into the system. */
function random15(): Uint8Array {
  if (pool.length < 15) pool = crypto.getRandomValues(new Uint8Array(15 * 256));
  const taken = pool.subarray(0, 15);
  pool = pool.subarray(15);
  return taken;
}

/**
 * A new id `<prefix>_<9 chars of time><15 random chars>`: sorts by creation time (ms, UTC), so lists page by
 * id alone; 75 random bits.
 * @param now ms since 1970, UTC
 */
export function newId(kind: IdKind, now: number = Date.now()): string {
  return `${ID_PREFIX[kind]}_${base32(now, 9)}${Array.from(random15(), (byte) => ALPHABET[byte & 31]).join("")}`;
}

/** The time (ms, UTC) in an id; of a text that is none, one past all. */
export function timeOfId(id: string): number {
  const time = id.slice(id.indexOf("_") + 1).slice(0, 9);
  const ms = [...time].reduce((value, char) => value * 32 + ALPHABET.indexOf(char), 0);
  return ms >= 0 && ms < 8.64e15 ? ms : 8.64e15;
}

/** The smallest id of that kind made at `ms`; for keyset ranges by time. */
export const idFloor = (kind: IdKind, ms: number): string => `${ID_PREFIX[kind]}_${base32(ms, 9)}`;
