import type { Cell } from "./cell.ts";
import type { ParquetColumn } from "./parquetColumn.ts";
import type { TableFormat } from "./tableFormat.ts";

/** One row of the user's table. */
export interface InputRow {
  /** Which data row it is, from 1; the header does not count. */
  readonly number: number;
  /** Line of the file on which it begins, from 1; Parquet has no lines. */
  readonly line?: number;
  /** One cell per column of the table. */
  readonly cells: readonly Cell[];
  /** The row as written, without its line end; Parquet has no text. An output in the same format begins with it. */
  readonly source?: string;
}

/** The user's table, opened for reading. */
export interface InputTable {
  readonly path: string;
  readonly format: TableFormat;
  /** Column names in the table's order; no two are equal. */
  readonly columns: readonly string[];
  /** How each column is stored when the cells are written to a Parquet file. */
  readonly parquetColumns: readonly ParquetColumn[];
  /** The header line as written, for CSV and TSV. */
  readonly headerSource?: string;
  /**
   * Every row in order, read anew from the file each time, in memory that does not grow with the table.
   * @throws UserError at the first row that is not in order, or if the file changed since it was opened.
   */
  rows(): AsyncIterable<InputRow>;
}

/** The table's first rows, at most `limit`. @throws UserError as `rows` does. */
export async function readSampleRows(table: InputTable, limit: number): Promise<readonly InputRow[]> {
  const sample: InputRow[] = [];
  if (limit < 1) return sample;
  for await (const row of table.rows()) {
    sample.push(row);
    if (sample.length >= limit) break;
  }
  return sample;
}
