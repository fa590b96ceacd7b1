/** What stands where a value was left out. */
export const REDACTED = "[redacted]";

/** Names whose values are never kept, whatever the workspace says; also as the end of a longer name (`githubToken`). */
export const ALWAYS_REDACTED = [
  "password",
  "passwd",
  "pwd",
  "passphrase",
  "passcode",
  "secret",
  "token",
  "jwt",
  "bearer",
  "authorization",
  "api_key",
  "access_key",
  "secret_key",
  "private_key",
  "signing_key",
  "encryption_key",
  "cookie",
  "credential",
] as const;

/** One name in one spelling: `X-Api-Key`, `api_key` and `apiKey` end alike. */
const plain = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

const words = (name: string): string[] =>
  name
    .normalize("NFKC")
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, " ")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const ALWAYS = ALWAYS_REDACTED.map(plain);

/** Whether a name stands for a value to leave out. `many`: it names several (`tokens`), or how many: a number under it may stay. */
export type FieldVerdict = "one" | "many" | null;

/**
 * Decides by a field's name, however it is spelled. The product's own names fit the end of any longer name; a workspace's
 * fit whole words at its end, so that `email` covers `userEmail` and `id` does not cover `paid`.
 */
export function fieldMatcher(own: readonly string[]): (name: string) => FieldVerdict {
  const chosen = new Set(own.map(plain).filter(Boolean));
  const known = new Map<string, FieldVerdict>();
  const decide = (name: string): FieldVerdict => {
    const text = plain(name);
    if (ALWAYS.some((end) => text.endsWith(end)) || chosen.has(text) || endsWithOwn(chosen, name)) return "one";
    return text.endsWith("s") && ALWAYS.some((end) => text.endsWith(`${end}s`)) ? "many" : null;
  };
  return (name) => {
    if (name.length > 200) return decide(name);
    const before = known.get(name);
    if (before !== undefined) return before;
    const verdict = decide(name);
    if (known.size < 5_000) known.set(name, verdict);
    return verdict;
  };
}

function endsWithOwn(chosen: ReadonlySet<string>, name: string): boolean {
  if (chosen.size === 0) return false;
  const parts = words(name);
  return parts.some((_, from) => chosen.has(parts.slice(from).join("")));
}
