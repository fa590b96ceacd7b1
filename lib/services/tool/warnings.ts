import type { ToolWarning } from "./view";

const SCANNED = 64 << 10;
/** Controls, bidirectional overrides, zero-width and tag characters: nobody sees them, a model reads them. */
const INVISIBLE = /[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/u;
const PLAIN_NAME = /^[A-Za-z0-9_.-]+$/;
/** What is said to the model behind the person's back, or names files that no tool has any business with. */
const INSTRUCTIONS = [
  /<\/?(?:important|system|secret|hidden|instructions?)\b[^>]{0,40}>/i,
  /\b(?:ignore|disregard|forget) (?:all |any )?(?:the )?(?:previous|earlier|prior|above|other) (?:instructions?|tools?|rules?|prompts?)/i,
  /\b(?:do not|don't|never) (?:tell|mention|inform|show|reveal|notify)\b[^.]{0,40}\buser\b/i,
  /~\/\.(?:ssh|aws|gnupg|netrc|kube)\b|\bid_(?:rsa|ed25519|ecdsa)\b|\.cursor\/mcp\.json/i,
];
const QUALIFIED = /\b([a-z][a-z0-9-]{0,15})__[A-Za-z0-9_-]+/g;

/**
 * What deserves a look before anybody trusts a tool's words: they come from outside and go to a model. Found by plain
 * patterns, so neither is a warning a proof nor its absence a promise.
 * @param definition as parsed; schemas and their descriptions count as well
 */
export function toolWarnings(server: string, name: string, definition: Record<string, unknown>): ToolWarning[] {
  const strings: string[] = [];
  collect(definition, strings);
  const text = strings.join("\n").slice(0, SCANNED);
  const others = [...text.matchAll(QUALIFIED)].some(([, slug]) => slug !== server);
  const found: Record<ToolWarning, boolean> = {
    odd_characters: !PLAIN_NAME.test(name) || INVISIBLE.test(text.replace(/[\t\r\n]/g, " ")),
    instructions: INSTRUCTIONS.some((pattern) => pattern.test(text)),
    names_other_tool: others,
  };
  return (Object.keys(found) as ToolWarning[]).filter((warning) => found[warning]);
}

/** All strings of a foreign value, keys too; depth is bounded where definitions are read. */
function collect(value: unknown, into: string[]): void {
  if (typeof value === "string") into.push(value);
  else if (Array.isArray(value)) for (const item of value) collect(item, into);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) {
      into.push(key);
      collect(item, into);
    }
}
