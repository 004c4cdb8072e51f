import { cellText } from "../../src/tables/cell.ts";
import type { InputRow, InputTable } from "../../src/tables/inputTable.ts";

/** All rows of a table. */
export async function readAll(table: InputTable): Promise<readonly InputRow[]> {
  const rows: InputRow[] = [];
  for await (const row of table.rows()) rows.push(row);
  return rows;
}

/** All cells of a table as text, `[row][column]`. */
export async function readTexts(table: InputTable): Promise<readonly (readonly string[])[]> {
  return (await readAll(table)).map((row) => row.cells.map(cellText));
}
