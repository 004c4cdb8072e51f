import type { DiffRow } from "./lineDiff.ts";

/** Rows to show, or a number of equal lines that are left out. */
export type DiffBlock = { readonly rows: readonly DiffRow[] } | { readonly equalLines: number };

/** Leaves out equal lines that are far from every difference. */
export function diffBlocks(rows: readonly DiffRow[], contextLines: number): readonly DiffBlock[] {
  const shown = new Array<boolean>(rows.length).fill(false);
  for (const [index, { kind }] of rows.entries()) {
    if (kind === "same") continue;
    shown.fill(true, Math.max(0, index - contextLines), index + contextLines + 1);
  }
  const blocks: DiffBlock[] = [];
  for (let start = 0; start < rows.length; ) {
    let end = start;
    while (end < rows.length && shown[end] === shown[start]) end++;
    blocks.push(shown[start] ? { rows: rows.slice(start, end) } : { equalLines: end - start });
    start = end;
  }
  return blocks;
}
