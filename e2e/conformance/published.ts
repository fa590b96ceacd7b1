import { readFileSync, writeFileSync } from "node:fs";

/** Text between two markers of a published page. */
export interface Published {
  file: string;
  name: string;
}

const markers = (name: string) => [`<!-- ${name}: written by a test run -->`, `<!-- end of ${name} -->`] as const;

/** What stands between the markers now. @throws where the page has none */
export function readPublished({ file, name }: Published): string {
  const text = readFileSync(file, "utf8");
  const [from, to] = markers(name).map((marker) => text.indexOf(marker));
  if (from === undefined || to === undefined || from < 0 || to < from)
    throw new Error(`${file} has no place for ${name}`);
  return text.slice(from + markers(name)[0].length, to).trim();
}

/** Puts `content` there instead. */
export function publish(page: Published, content: string): void {
  const before = readPublished(page);
  const [from, to] = markers(page.name);
  const text = readFileSync(page.file, "utf8");
  const at = text.indexOf(from) + from.length;
  const end = text.indexOf(to);
  if (before !== content.trim())
    writeFileSync(page.file, `${text.slice(0, at)}\n\n${content.trim()}\n\n${text.slice(end)}`);
}

/** A Markdown table with its columns aligned, as the formatter of this repository writes it. `right`: numbers. */
export function tableOf(head: string[], rows: (string | number)[][], right: boolean[] = []): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, at) => Math.max(3, ...cells.map((row) => row[at]?.length ?? 0)));
  const pad = (text: string, at: number) => (right[at] ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0));
  const rule = widths.map((width, at) => (right[at] ? `${"-".repeat(width - 1)}:` : "-".repeat(width)));
  return [...cells.slice(0, 1).map((row) => row.map(pad)), rule, ...cells.slice(1).map((row) => row.map(pad))]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

/** The rows of a published table, cell by cell. */
export const rowsOf = (published: string): string[][] =>
  published
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** Rows that a published table should have and has not. */
export function missingRows(published: string, rows: string[][]): string[] {
  const there = new Set(rowsOf(published).map((row) => row.join(" | ")));
  return rows.map((row) => row.join(" | ")).filter((row) => !there.has(row));
}
