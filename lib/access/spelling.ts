const BEYOND_ASCII = /\P{ASCII}/u;

/** Whether two different names are one to a reader that ignores case and compatibility forms, as Go's JSON does. */
export function isOtherSpelling(name: string, of: string): boolean {
  if (name === of) return false;
  // The cheap look first: a hostile object may have a hundred thousand keys.
  if (!BEYOND_ASCII.test(name) && !BEYOND_ASCII.test(of))
    return name.length === of.length && name.toLowerCase() === of.toLowerCase();
  return fold(name) === fold(of);
}

const fold = (name: string): string => name.normalize("NFKC").toLowerCase();
