import { stringify } from "csv-stringify/sync";

/**
 * What a spreadsheet takes for a formula: a sign at the start of a line, even behind blanks, quotes and characters
 * that show nothing (zero width, direction marks, BOM, soft hyphen); full-width forms of the signs too.
 */
const FORMULA = /^[\s\p{Z}\p{C}"']*[=+\-@|\uff1d\uff0b\uff0d\uff20\uff5c]/u;
/** What nearly every cell looks like; nothing in it needs a second look. */
const HARMLESS = /^[A-Za-z0-9][\x20-\x7e]*$/;
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029\u0085\v\f]/u;

/**
 * One text cell, safe to open in a spreadsheet: every physical line that could be a formula, and the cell as a whole,
 * gets a leading apostrophe; NUL goes. `-5` as text becomes `'-5`: numbers that are meant as numbers are no text
 * and do not come here. Line breaks become LF, so that CRLF ends rows only.
 */
export function safeCell(text: string): string {
  if (HARMLESS.test(text)) return text;
  const lines = text.replaceAll("\u0000", "").split(LINE_BREAK).map(neutral);
  const cell = lines.join("\n");
  return lines.length > 1 && FORMULA.test(cell) && !cell.startsWith("'") ? `'${cell}` : cell;
}

const neutral = (line: string): string => (line.startsWith("\t") || FORMULA.test(line) ? `'${line}` : line);

/** Cells matching this are quoted: line breaks, apostrophes of ours, tabs and the `;` that some locales split at. */
const QUOTED = /[\r\n\t;']/;

/** Cells that need neither escaping nor quotes, which is nearly all of them. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9 _.:/@()+=-]*$/;

export type CsvValue = string | number | boolean | Date | string[] | Record<string, unknown> | null;

/**
 * Rows as CSV text: RFC 4180 with CRLF after each row. Numbers stay numbers, times are ISO 8601 UTC with ms, lists are
 * joined by a blank, objects are JSON, texts are made safe; null is an empty cell.
 */
export function csvRows(rows: CsvValue[][]): string {
  let text = "";
  for (const row of rows) text += `${row.map(cell).join(",")}\r\n`;
  return text;
}

function cell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value === "string") return PLAIN.test(value) ? value : written(value);
  if (typeof value !== "object") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return cell(value.join(" "));
  return written(JSON.stringify(value));
}

/** Cells written lately: what is not plain (a user agent, an address) mostly comes again in the next row. */
const lately = new Map<string, string>();
const LATELY = 500;
const SHORT = 200;

/** Any text as one cell, by the library. */
function written(text: string): string {
  const known = lately.get(text);
  if (known !== undefined) return known;
  const made = stringify([[safeCell(text)]], { eof: false, quoted_match: QUOTED, record_delimiter: "windows" });
  if (text.length > SHORT) return made;
  if (lately.size >= LATELY) lately.clear();
  lately.set(text, made);
  return made;
}
