const PREFIX = "=?base64?";
const SUFFIX = "?=";
/** What a header can carry as it stands: visible ASCII and inner blanks. */
const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const isWrapped = (value: string) => value.startsWith(PREFIX) && value.endsWith(SUFFIX);

/** Any text as the value of an `Mcp-…` header: as it is where that can stand there, else `=?base64?…?=` of its UTF-8 (2026-07-28, value encoding). */
export function encodeHeaderValue(text: string): string {
  if (PLAIN.test(text) && !isWrapped(text)) return text;
  let binary = "";
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return `${PREFIX}${btoa(binary)}${SUFFIX}`;
}

/** The text of such a value; null where it claims to be Base64 and is none, or is no UTF-8: servers must refuse it. */
export function decodeHeaderValue(value: string): string | null {
  if (!isWrapped(value)) return value;
  const encoded = value.slice(PREFIX.length, -SUFFIX.length);
  if (!BASE64.test(encoded)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)),
    );
  } catch {
    return null;
  }
}
