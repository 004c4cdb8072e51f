/** A line of two texts side by side; undefined where one has no such line. */
export interface DiffRow {
  readonly kind: "same" | "changed" | "removed" | "added";
  /** The line, and its number from 1. */
  readonly before: { readonly line: number; readonly text: string } | undefined;
  readonly after: { readonly line: number; readonly text: string } | undefined;
}

/** Cells of the table below at most; longer texts are compared only at their beginnings and ends. */
const mostCells = 4_000_000;

/** Two texts line by line, by a longest common subsequence; lines that replace others stand beside them. */
export function lineDiff(before: string, after: string): readonly DiffRow[] {
  const a = linesOf(before);
  const b = linesOf(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const rows: DiffRow[] = [];
  const put = (kind: DiffRow["kind"], i: number | undefined, j: number | undefined) =>
    rows.push({ kind, before: lineAt(a, i), after: lineAt(b, j) });
  for (let i = 0; i < start; i++) put("same", i, i);
  let i = start;
  let j = start;
  for (const [nextA, nextB] of [...commonLines(a, b, start, endA, endB), [endA, endB] as const]) {
    while (i < nextA || j < nextB) {
      if (i < nextA && j < nextB) put("changed", i++, j++);
      else if (i < nextA) put("removed", i++, undefined);
      else put("added", undefined, j++);
    }
    if (i < endA) put("same", i++, j++);
  }
  for (; i < a.length; i++, j++) put("same", i, j);
  return rows;
}

/** Pairs of equal lines between the places, in order: a longest common subsequence. */
function commonLines(
  a: readonly string[],
  b: readonly string[],
  start: number,
  endA: number,
  endB: number,
): readonly (readonly [number, number])[] {
  const rows = endA - start;
  const width = endB - start + 1;
  if (rows * width > mostCells) return [];
  const lengths = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = width - 2; j >= 0; j--) {
      const at = i * width + j;
      lengths[at] =
        a[start + i] === b[start + j]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < rows && j < width - 1; ) {
    const at = i * width + j;
    if (a[start + i] === b[start + j]) pairs.push([start + i++, start + j++]);
    else if ((lengths[at + width] ?? 0) >= (lengths[at + 1] ?? 0)) i++;
    else j++;
  }
  return pairs;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/u);
  // What ends with a line break has no empty line behind it.
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function lineAt(lines: readonly string[], index: number | undefined) {
  if (index === undefined) return undefined;
  return { line: index + 1, text: lines[index] ?? "" };
}
