import { CATEGORIES } from "./categories";
import type { Listing } from "./listing";

/** Lower case, without accents, in words of letters and digits. */
const words = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** What one listing can be found by, heaviest first. */
interface Entry {
  listing: Listing;
  /** Its name in one piece, so that "stackoverflow" finds Stack Overflow. */
  whole: string[];
  fields: { weight: number; words: string[] }[];
}
const cache = new WeakMap<Listing, Entry>();

function entryOf(listing: Listing): Entry {
  const known = cache.get(listing);
  if (known) return known;
  const { name, slug, vendor, tags, tools, category, description } = listing;
  const entry = {
    listing,
    whole: [name, slug, vendor].map((text) => words(text).join("")),
    fields: [
      { weight: 100, words: [...words(name), ...words(slug)] },
      { weight: 60, words: words(vendor) },
      { weight: 45, words: tags.flatMap(words) },
      { weight: 35, words: tools.flatMap((tool) => [tool.toLowerCase(), ...words(tool)]) },
      { weight: 20, words: words(CATEGORIES[category]) },
      { weight: 12, words: words(description) },
    ],
  };
  cache.set(listing, entry);
  return entry;
}

/**
 * The listings that fit what was typed, best first; all of them, as they come, where nothing was typed. Every word must
 * be found somewhere: as a word's start, inside it, or with a slip of the finger.
 */
export function searchListings(listings: readonly Listing[], query: string): Listing[] {
  const asked = words(query).slice(0, 8);
  if (asked.length === 0) return [...listings];
  const whole = asked.join("");
  return listings
    .map((listing) => ({ listing, score: scoreOf(entryOf(listing), asked, whole) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || Number(b.listing.popular) - Number(a.listing.popular))
    .map(({ listing }) => listing);
}

function scoreOf(entry: Entry, asked: string[], whole: string): number {
  const inOne = whole.length < 3 ? 0 : Math.max(...entry.whole.map((text) => likeness(whole, text) * 110));
  const each = asked.map((word) =>
    Math.max(...entry.fields.map((field) => field.weight * Math.max(0, ...field.words.map((w) => likeness(word, w))))),
  );
  const all = each.some((score) => score === 0) ? 0 : each.reduce((sum, score) => sum + score, 0) / each.length;
  return Math.max(inOne, all);
}

/** 1 for the same word, less for a start, a middle and a slip; 0 for another word. */
function likeness(asked: string, word: string): number {
  if (word === asked) return 1;
  if (word.startsWith(asked)) return 0.8;
  if (asked.length >= 3 && word.includes(asked)) return 0.5;
  const slips = asked.length >= 8 ? 2 : asked.length >= 4 ? 1 : 0;
  if (slips === 0 || Math.abs(word.length - asked.length) > slips) return 0;
  return distance(asked, word) <= slips ? 0.35 : 0;
}

/** Letters to change, add, drop or swap with their neighbour to get from one word to the other. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const at = (r: number, c: number) => (r === i ? row : rows[r])?.[c] ?? 0;
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(i - 2, j - 2) + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
