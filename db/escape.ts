/** What Postgres refuses in text and JSON: NUL and halves of surrogate pairs. */
const HOSTILE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** Backslashes that would make the escapes below ambiguous. */
const AMBIGUOUS = /\\+(?=\0|[\ud800-\udbff](?![\udc00-\udfff])|[\udc00-\udfff]|u0000|ud[89a-f][0-9a-f]{2})/g;
/** Shows in JSON text, however it was meant, when a string needs a closer look. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/;

/**
 * Text that Postgres can store: NUL and lone surrogates become visible (`\u0000`), and backslashes before such a place
 * are doubled, so two different names never become one. All other text stays as it is.
 */
export function storable(text: string): string {
  return text
    .replace(AMBIGUOUS, (slashes) => slashes + slashes)
    .replace(HOSTILE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** JSON text whose strings are all `storable`. One look at the text is all it costs where nothing is wrong. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  return SUSPICIOUS.test(text)
    ? JSON.stringify(value, (_key, item) => (typeof item === "string" ? storable(item) : item))
    : text;
}
