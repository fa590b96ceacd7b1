/** A place that the palette led to. */
export interface Recent {
  href: string;
  title: string;
}

const KEY = "aerostack.recent";
const MOST = 5;

/** The last places, newest first. Of this browser tab only: names of a workspace do not outlive it. */
export function readRecent(): Recent[] {
  try {
    const list: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(list) ? list.filter(isRecent).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberRecent(place: Recent): void {
  const others = readRecent().filter(({ href }) => href !== place.href);
  try {
    sessionStorage.setItem(KEY, JSON.stringify([place, ...others].slice(0, MOST)));
  } catch {
    // Storage may be switched off; the list then stays empty.
  }
}

/** Only paths of our own: what stands in storage may be anything. */
function isRecent(entry: unknown): entry is Recent {
  const { href, title } = (entry ?? {}) as Partial<Recent>;
  return typeof href === "string" && /^\/(?!\/)/.test(href) && typeof title === "string";
}
