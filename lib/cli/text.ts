/** Foreign text for a terminal: control characters could move the cursor or fake output. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");

/** Rows under headings, columns aligned; nothing but the empty sentence where there are none. */
export function table(headings: string[], rows: (string | number | null)[][], empty: string): string {
  if (rows.length === 0) return empty;
  const cells = [headings, ...rows.map((row) => row.map((cell) => plain(cell === null ? "-" : String(cell))))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
