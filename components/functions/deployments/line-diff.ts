/** One line of a comparison; `gap` stands for lines that did not change and are left out. */
export interface DiffLine {
  kind: "same" | "added" | "removed" | "gap";
  text: string;
}

const AROUND = 3;
/** Above this many comparisons the middle is shown as replaced: nobody reads such a diff, and a browser must not hang on it. */
const MOST = 4_000_000;

/** Two texts line by line, with three lines around each change. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const a = before === "" ? [] : before.replace(/\n$/, "").split("\n");
  const b = after === "" ? [] : after.replace(/\n$/, "").split("\n");
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const middle = compare(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const same = (text: string): DiffLine => ({ kind: "same", text });
  return fold([...a.slice(0, start).map(same), ...middle, ...a.slice(a.length - end).map(same)]);
}

/** By the longest common subsequence. */
function compare(a: string[], b: string[]): DiffLine[] {
  const removed = a.map((text): DiffLine => ({ kind: "removed", text }));
  const added = b.map((text): DiffLine => ({ kind: "added", text }));
  if (a.length * b.length > MOST) return [...removed, ...added];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lines.push({ kind: "same", text: a[i++] ?? "" });
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) lines.push(removed[i++] as DiffLine);
    else lines.push(added[j++] as DiffLine);
  }
  return [...lines, ...removed.slice(i), ...added.slice(j)];
}

/** Leaves out what is far from any change. */
function fold(lines: DiffLine[]): DiffLine[] {
  const near = new Set<number>();
  for (const [index, { kind }] of lines.entries())
    if (kind !== "same") for (let at = index - AROUND; at <= index + AROUND; at++) near.add(at);
  const folded: DiffLine[] = [];
  let left = 0;
  for (const [index, line] of lines.entries()) {
    if (near.has(index)) {
      if (left > 0) folded.push(gap(left));
      left = 0;
      folded.push(line);
    } else left++;
  }
  if (left > 0 && folded.length > 0) folded.push(gap(left));
  return folded;
}

const gap = (lines: number): DiffLine => ({
  kind: "gap",
  text: `${lines} unchanged ${lines === 1 ? "line" : "lines"}`,
});
