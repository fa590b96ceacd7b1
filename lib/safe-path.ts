const BASE = "http://own.invalid";
const MAX_LENGTH = 2_000;
/** Blanks and controls, which browsers drop or trim, and the backslash, which they read as a slash. */
const TRICKS = /[\\\s\p{Cc}\p{Cf}]/u;

/**
 * Where to go after signing in: a path on our own origin, or null for everything else. Never another origin,
 * `//host`, backslashes or control characters, in whatever spelling browsers would forgive.
 * @param origin our own; an absolute address that starts with it is cut down to its path
 */
export function safePath(text: unknown, origin?: string): string | null {
  if (typeof text !== "string" || text.length > MAX_LENGTH || TRICKS.test(text)) return null;
  const path = origin !== undefined && text.startsWith(`${origin}/`) ? text.slice(origin.length) : text;
  if (!path.startsWith("/") || path.startsWith("//") || !URL.canParse(path, BASE)) return null;
  const url = new URL(path, BASE);
  const safe = url.pathname + url.search + url.hash;
  return url.origin === BASE && !safe.startsWith("//") ? safe : null;
}
