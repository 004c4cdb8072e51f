import { displayWidth, fitWidth } from "./displayWidth.ts";

/** Columns that a first cell has at least beside the others. */
const leastText = 24;

/** How a table stands on a terminal. */
export interface TableLayout {
  /** Columns of the terminal, by default any number. */
  readonly width?: number;
  /** Blanks before every line. */
  readonly indent?: number;
  /** `text` where the last column is text, too, and stands on the left. */
  readonly last?: "number" | "text";
}

/**
 * A table for a terminal: the first column is text, cut to what the others leave of the width; the others are numbers, on the right. Where
 * they leave too little, a row's text has a line of its own and the numbers stand below it, under their heads.
 * @param table the first row are the heads; a row of one cell is a heading
 */
export function tableLines(
  table: readonly (readonly string[])[],
  { width = Number.POSITIVE_INFINITY, indent = 0, last = "number" }: TableLayout = {},
): readonly string[] {
  const [heads = []] = table;
  const margin = " ".repeat(indent);
  const widths = heads.map((_, column) => Math.max(...table.map((row) => displayWidth(row[column] ?? ""))));
  const numbers = widths.slice(1).reduce((sum, own) => sum + own + 2, 0);
  const [longest = 0] = widths;
  const isStacked = width - indent - numbers < Math.min(leastText, longest);
  const text = isStacked ? 0 : Math.min(longest, width - indent - numbers);
  const cellsOf = (row: readonly string[]) =>
    row
      .slice(1)
      .map((cell, i) => {
        const space = " ".repeat((widths[i + 1] as number) - displayWidth(cell));
        return last === "text" && i === row.length - 2 ? `  ${cell}${space}` : `  ${space}${cell}`;
      })
      .join("");
  return table.flatMap((row) => {
    if (row.length === 1) return [`${margin}${fitWidth(row[0] ?? "", width - indent)}`.trimEnd()];
    const first = fitWidth(row[0] ?? "", isStacked ? width - indent : text);
    if (isStacked) return [`${margin}${first}`, ...foldCells(heads, row, width, margin)];
    return [`${margin}${first}${" ".repeat(text - displayWidth(first))}${cellsOf(row)}`.trimEnd()];
  });
}

/** A row's numbers with their heads, as many on a line as fit; nothing for the row of heads itself. */
function foldCells(
  heads: readonly string[],
  row: readonly string[],
  width: number,
  margin: string,
): readonly string[] {
  if (row === heads) return [];
  const lines: string[] = [];
  for (const [i, cell] of row.entries()) {
    if (i === 0 || cell === "") continue;
    const named = `${heads[i] ?? ""} ${cell}`.trim();
    const before = lines.at(-1);
    if (before !== undefined && displayWidth(before) + 2 + displayWidth(named) <= width)
      lines[lines.length - 1] = `${before}, ${named}`;
    else lines.push(fitWidth(`${margin}  ${named}`, width));
  }
  return lines;
}
