/** Bytes that WebCrypto takes: never over a SharedArrayBuffer. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of a string. */
export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes;

/** The string that UTF-8 bytes spell. @throws TypeError where they are no UTF-8, so that two inputs never read alike. */
export const text = (bytes: Uint8Array): string => strict.decode(bytes);

/** Lower-case hex. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** All parts in one array. */
export function concat(parts: Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const CHUNK = 8_192; // arguments a call may carry on every runtime

/** base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Bytes of base64url or base64, padded or not. @throws Error on any other character; the message holds no input. */
export function fromBase64(value: string): Bytes {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(value)) throw new Error("Not base64");
  const binary = atob(value.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, ""));
  const out = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) out[i] = binary.charCodeAt(i);
  return out;
}

/** Each part behind its byte length (4 bytes, big-endian): no two lists of parts encode alike, as a MAC or AAD needs. */
export function lengthPrefixed(parts: string[]): Bytes {
  return concat(
    parts.flatMap((part) => {
      const bytes = utf8(part);
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, bytes.length);
      return [length, bytes];
    }),
  );
}

/** SHA-256; a string is hashed as UTF-8. */
export async function sha256(data: Uint8Array | string): Promise<Bytes> {
  const bytes = typeof data === "string" ? utf8(data) : (data as Bytes);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** SHA-256 of a string as base64url (43 characters). */
export const sha256Base64url = async (value: string): Promise<string> => toBase64url(await sha256(value));
