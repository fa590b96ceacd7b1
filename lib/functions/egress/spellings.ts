import { hex, utf8 } from "@/lib/crypto/bytes";

/** A text shorter than this is a common word too often; it is left alone. Characters. */
const SHORTEST = 6;

const binary = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

/**
 * What stands for a value in the base64 of a text that holds it, whatever comes before and after: three spellings, by
 * where in a group of three bytes it begins, without the characters that its neighbours have a part in.
 */
function inBase64(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = new Uint8Array(offset + bytes.length);
    padded.set(bytes, offset);
    const skip = offset === 0 ? 0 : offset + 1;
    const whole = Math.floor((padded.length * 8) / 6); // characters that later bytes do not change
    const text = btoa(binary(padded)).slice(skip, whole);
    return [text, text.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** Every spelling of the values that is taken out of answers. Letter case does not matter to who searches with them. */
export function spellingsOf(values: Iterable<string>): string[] {
  const all = [...values].flatMap((value) => {
    if (value.length < SHORTEST) return [];
    const bytes = utf8(value);
    const json = JSON.stringify(value).slice(1, -1);
    const units = Array.from({ length: value.length }, (_, at) => value.charCodeAt(at).toString(16).padStart(4, "0"));
    const percent = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
    const url = encodeURIComponent(value);
    return [
      value,
      json,
      json.replaceAll("/", "\\/"),
      units.map((unit) => `\\u${unit}`).join(""),
      url,
      url.replaceAll("%20", "+"),
      encodeURIComponent(url),
      percent,
      hex(bytes),
      value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
      ...inBase64(bytes),
    ];
  });
  return [...new Set(all)].filter((text) => text.length >= SHORTEST);
}
