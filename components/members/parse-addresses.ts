import { Email } from "@/lib/services/fields";

/** What a pasted text holds: addresses to invite, and pieces that are none, each with the reason. */
export interface ParsedAddresses {
  good: string[];
  bad: { text: string; why: string }[];
}

/** As a mail program copies them: `Bo Larsen <bo@acme.example>`. */
const NAMED = /[^<>,;\n]*<([^<>\s]+)>/g;

/**
 * Reads addresses out of pasted text: separated by blanks, lines, commas or semicolons, bare or as
 * `Name <address>`. Each address once, in the form in which it is stored.
 */
export function parseAddresses(text: string): ParsedAddresses {
  const good = new Set<string>();
  const bad = new Map<string, string>();
  for (const piece of text.replace(NAMED, " $1 ").split(/[\s,;]+/)) {
    if (piece === "") continue;
    const parsed = Email.safeParse(piece);
    if (parsed.success) good.add(parsed.data);
    else bad.set(piece.slice(0, 80), piece.includes("@") ? "not a complete address" : "no address");
  }
  return { good: [...good], bad: [...bad].map(([piece, why]) => ({ text: piece, why })) };
}
