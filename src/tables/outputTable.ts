import { checkColumnNames } from "./checkColumns.ts";
import type { InputRow, InputTable } from "./inputTable.ts";
import { checkOwnCell, type OwnCell, type OwnColumn } from "./ownColumn.ts";
import type { TableFormat } from "./tableFormat.ts";

/** What the user's table gives to the results table. */
export type TableOrigin = Pick<InputTable, "path" | "format" | "columns" | "parquetColumns" | "headerSource">;

/** The table to write: the user's columns, if there is a table, then Clipbook's. */
export interface OutputTable {
  readonly format: TableFormat;
  readonly input?: TableOrigin | undefined;
  readonly own: readonly OwnColumn[];
}

/** One row to write. */
export interface OutputRow {
  /** The user's row; undefined for a unit that comes from no table, whose cells there stay empty. */
  readonly input: Pick<InputRow, "cells" | "source"> | undefined;
  /** One cell per column of Clipbook's. */
  readonly own: readonly OwnCell[];
}

/**
 * Checks a table before its first row.
 * @throws UserError if one of Clipbook's column names is taken.
 * @throws RangeError if there is no column at all.
 */
export function checkOutputTable({ input, own }: OutputTable): void {
  if (own.length === 0 && (input?.columns.length ?? 0) === 0) throw new RangeError("a table without columns");
  checkColumnNames(
    input,
    own.map((column) => column.name),
  );
}

/** @throws RangeError if a row does not have exactly the table's cells: the rest would stand in the wrong columns. */
export function checkOutputRow(row: OutputRow, { input, own }: OutputTable): void {
  if (row.own.length !== own.length) {
    throw new RangeError(`${row.own.length} own cells for ${own.length} own columns`);
  }
  const columnCount = input?.columns.length ?? 0;
  if (row.input && row.input.cells.length !== columnCount) {
    throw new RangeError(`${row.input.cells.length} input cells for ${columnCount} input columns`);
  }
  for (const [index, column] of own.entries()) checkOwnCell(row.own[index], column);
}
