import { displayWidth } from "./displayWidth.ts";

/** Lines of a table for a terminal: the first column to the left, all others to the right, two blanks between them. */
export function textTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const blanks = " ".repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell)));
        return column === 0 ? cell + blanks : blanks + cell;
      })
      .join("  ")
      .trimEnd(),
  );
}
