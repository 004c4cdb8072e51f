import { access } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import { pictureFile } from "../images/findPictures.ts";
import { ImageFailure } from "../images/imageFailure.ts";
import { failedUnit, type Unit } from "../images/unit.ts";
import { cellText } from "../tables/cell.ts";
import type { InputTable } from "../tables/inputTable.ts";

/**
 * A unit per row of a table, in order. Relative paths are looked for beside the table, then in the current folder; a
 * row that names no image, or a web address, is a unit that fails.
 * @param column index of the column that holds the images
 */
export async function* tableUnits(table: InputTable, column: number): AsyncGenerator<Unit> {
  for await (const row of table.rows()) {
    const name = cellText(row.cells[column]);
    yield await unitOfCell(name, row.number, dirname(resolve(table.path)));
  }
}

async function unitOfCell(name: string, rowNumber: number, tableFolder: string): Promise<Unit> {
  const cell = name.trim();
  if (cell === "") {
    return failedUnit(name, "", rowNumber, new ImageFailure("missing_file", "the row names no image"));
  }
  if (/^(https?|ftp|s3|data):/i.test(cell)) {
    const failure = new ImageFailure("missing_file", "this is a web address: download the images first");
    return failedUnit(name, cell, rowNumber, failure);
  }
  return pictureFile(name, await resolveCell(name, tableFolder), rowNumber);
}

async function resolveCell(name: string, tableFolder: string): Promise<string> {
  if (isAbsolute(name)) return name;
  const besideTable = resolve(tableFolder, name);
  if (await exists(besideTable)) return besideTable;
  const inCurrentFolder = resolve(name);
  if (await exists(inCurrentFolder)) return inCurrentFolder;
  return besideTable;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
