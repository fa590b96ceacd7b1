import { sha256Base64url } from "./bytes";
import { crc32 } from "./crc32";

/** `mwt`: a member's gateway token; `aak`: a key of the control API; `mwi`: an invitation; `mwp`: a password reset. */
export type TokenPrefix = "mwt" | "aak" | "mwi" | "mwp";

/** A new token. `token` is shown once and stored nowhere; `hash` is stored; `hint` (first 8 characters) tells tokens apart in lists. */
export interface MintedToken {
  token: string;
  hash: string;
  hint: string;
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BODY = 43; // base62 digits of 256 bits
const CHECK = 6; // base62 digits of 32 bits

/** A gateway token in any text; published, so that secret scanners can find leaked ones. */
export const TOKEN_PATTERN = /^mwt_[0-9A-Za-z]{49}$/;
const PATTERN: Record<TokenPrefix, RegExp> = {
  mwt: TOKEN_PATTERN,
  aak: /^aak_[0-9A-Za-z]{49}$/,
  mwi: /^mwi_[0-9A-Za-z]{49}$/,
  mwp: /^mwp_[0-9A-Za-z]{49}$/,
};

function base62(value: bigint, length: number): string {
  let out = "";
  for (let rest = value; rest > 0n; rest /= 62n) out = BASE62[Number(rest % 62n)] + out;
  return out.padStart(length, "0");
}

const checksum = (unchecked: string): string => base62(BigInt(crc32(unchecked)), CHECK);

/** Mints `<prefix>_` + 43 base62 characters (256 random bits) + 6 of CRC-32 over all before. */
export async function mintToken(prefix: TokenPrefix): Promise<MintedToken> {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const unchecked = `${prefix}_${base62(value, BODY)}`;
  const token = unchecked + checksum(unchecked);
  return { token, hash: await hashToken(token), hint: token.slice(0, 8) };
}

/** Whether a text has the form and checksum of such a token; refuses typing errors and guesses without a database read. */
export function isWellFormed(token: string, prefix: TokenPrefix): boolean {
  return PATTERN[prefix].test(token) && token.slice(-CHECK) === checksum(token.slice(0, -CHECK));
}

/** SHA-256 in base64url. 256 random bits leave no dictionary to try, so a slow hash would only invite overload. */
export const hashToken = (token: string): Promise<string> => sha256Base64url(token);
