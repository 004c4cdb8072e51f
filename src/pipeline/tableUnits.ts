import { dirname, resolve } from "node:path";
import { ImageFailure } from "../images/imageFailure.ts";
import { failedUnit, type Unit } from "../images/unit.ts";
import type { UnitReader } from "../images/unitReader.ts";
import { cellText } from "../tables/cell.ts";
import type { InputTable } from "../tables/inputTable.ts";

/** Cells whose files are looked for side by side. */
const cellsAtOnce = 256;

/**
 * A unit per row of a table, in order. Relative paths are looked for beside the table, then in the current folder; a
 * row that names no image, or a web address, is a unit that fails.
 * @param column index of the column that holds the images
 * @param wants asked once with each cell, whether its unit is to come; files of others are not looked for
 */
export async function* tableUnits(
  table: InputTable,
  column: number,
  reader: UnitReader,
  wants?: (cell: string) => boolean,
): AsyncGenerator<Unit> {
  const tableFolder = dirname(resolve(table.path));
  const waiting: Promise<Unit>[] = [];
  for await (const row of table.rows()) {
    const cell = cellText(row.cells[column]);
    if (wants !== undefined && !wants(cell)) continue;
    waiting.push(unitOfCell(cell, row.number, tableFolder, reader));
    if (waiting.length >= cellsAtOnce) yield* await Promise.all(waiting.splice(0));
  }
  yield* await Promise.all(waiting);
}

async function unitOfCell(
  name: string,
  rowNumber: number,
  tableFolder: string,
  reader: UnitReader,
): Promise<Unit> {
  const cell = name.trim();
  if (!cell.isWellFormed()) {
    // On the way to the disk half a character would become U+FFFD, and another file might be called so.
    const failure = new ImageFailure(
      "unreadable_name",
      "the path has half a character, which no file's name has",
    );
    return failedUnit(name, "", rowNumber, failure);
  }
  if (cell === "") {
    return failedUnit(name, "", rowNumber, new ImageFailure("missing_file", "the row names no image"));
  }
  if (/^((https?|ftp|s3|gs):\/\/|data:image\/)/i.test(cell)) {
    const failure = new ImageFailure("missing_file", "this is a web address: download the images first");
    return failedUnit(name, cell, rowNumber, failure);
  }
  return reader.unitAt(name, await resolveCell(name, tableFolder, reader), rowNumber);
}

/**
 * The first place where there is a file: a blank round a path is mostly, but not always, a slip. Where there is none, a file
 * whose name has its letters in another form: tables pass through programs that change it.
 */
async function resolveCell(name: string, tableFolder: string, reader: UnitReader): Promise<string> {
  const paths = [...new Set([name, name.trim()])].flatMap((path) => [
    resolve(tableFolder, path),
    resolve(path),
  ]);
  for (const path of paths) if (await reader.exists(path)) return path;
  for (const path of paths) {
    const match = await reader.maybeMatch(path);
    if (match !== undefined) return match;
  }
  return resolve(tableFolder, name.trim());
}
