import { UserError } from "../errors.ts";
import { checkColumns } from "./checkColumns.ts";
import { DelimitedParser, type DelimitedRow } from "./delimitedParser.ts";
import { detectDelimiter } from "./detectDelimiter.ts";
import { refuseForeignContent } from "./foreignContent.ts";
import type { InputRow, InputTable } from "./inputTable.ts";
import { textColumn } from "./parquetColumn.ts";
import { readTableChunks, readTableStart, type TableFile } from "./tableFile.ts";
import type { DelimitedFormat } from "./tableFormat.ts";
import { bomBytes, readByteOrderMark, refuseNulls } from "./textEncoding.ts";

/** How much of the file decides the delimiter, and how long its header may be. */
const sampleBytes = 1024 * 1024;

/**
 * Opens a CSV or TSV file whose first row names the columns. The delimiter is found out from the first rows.
 * @throws UserError for an empty file, duplicate columns, a delimiter that is none of the three, or text that is not
 * UTF-8.
 */
export async function openDelimited(file: TableFile, kind: "csv" | "tsv"): Promise<InputTable> {
  const start = await readTableStart(file, sampleBytes);
  refuseForeignContent(start, file.path, kind);
  const bom = readByteOrderMark(start, file.path);
  const sample = bom ? start.subarray(bomBytes) : start;
  const complete = start.length === file.sizeBytes;
  const delimiter = detectDelimiter(sample, complete, kind);
  const header = readHeader(sample, complete, new DelimitedParser(file.path, delimiter), file.path);
  refuseNulls(header.source, file.path);
  const where = `${file.path}:${header.line}`;
  if (/^sep=.?$/i.test(header.source)) {
    throw new UserError(`${where}: "${header.source}" is a note to Excel, not a row of column names`, {
      hint: "delete that line",
    });
  }
  const [onlyColumn, ...others] = header.cells;
  if (onlyColumn !== undefined && others.length === 0 && /[,;\t|]/.test(onlyColumn)) {
    throw new UserError(`${where}: only one column, called "${onlyColumn}": how are the cells separated?`, {
      hint: "save the table with commas, semicolons or tabs between the cells",
    });
  }
  checkColumns(header.cells, where);
  const format: DelimitedFormat = {
    kind,
    delimiter,
    bom,
    newline: header.newline === "\r\n" ? "\r\n" : "\n",
  };
  return {
    path: file.path,
    format,
    columns: header.cells,
    parquetColumns: header.cells.map(textColumn),
    headerSource: header.source,
    rows: () => readRows(file, format, header.cells.length),
  };
}

function readHeader(sample: Buffer, complete: boolean, parser: DelimitedParser, path: string): DelimitedRow {
  const rows: DelimitedRow[] = [];
  // The whole sample may hold a fault behind the header; rows() reports that where it is.
  const headerEnd = (from: number) => {
    const end = sample.indexOf(0x0a, from);
    return end < 0 ? sample.length : end + 1;
  };
  for (let from = 0; from < sample.length && rows.length === 0; from = headerEnd(from)) {
    parser.push(sample.subarray(from, headerEnd(from)), rows);
  }
  if (rows.length === 0 && complete) parser.finish(rows);
  const [header] = rows;
  if (header) return header;
  if (complete) {
    throw new UserError(`${path}: the table is empty`, { hint: "its first row must name the columns" });
  }
  throw new UserError(`${path}:1: no end of the first row within ${sampleBytes} bytes`, {
    hint: "its first row must name the columns; is there a quote that is not closed?",
  });
}

async function* readRows(
  file: TableFile,
  format: DelimitedFormat,
  columnCount: number,
): AsyncGenerator<InputRow> {
  const parser = new DelimitedParser(file.path, format.delimiter);
  let number = -1; // The first row is the header.
  const rows: DelimitedRow[] = [];
  for await (const chunk of readTableChunks(file, format.bom ? bomBytes : 0)) {
    try {
      parser.push(chunk, rows);
    } finally {
      // Whatever ends the reading, a ragged row in front of it is the more likely cause and is named first.
      for (const row of rows) checkLength(row, columnCount, file.path);
    }
    for (const row of rows) {
      number++;
      if (number > 0) yield { number, line: row.line, cells: row.cells, source: row.source };
    }
    rows.length = 0;
  }
  parser.finish(rows);
  for (const row of rows) {
    checkLength(row, columnCount, file.path);
    number++;
    if (number > 0) yield { number, line: row.line, cells: row.cells, source: row.source };
  }
}

/** @throws UserError for a row with more or fewer cells than the header: its cells would be in the wrong columns. */
function checkLength(row: DelimitedRow, columnCount: number, path: string): void {
  const found = row.cells.length;
  if (found === columnCount) return;
  const cells = found === 1 ? "1 cell" : `${found} cells`;
  const columns = columnCount === 1 ? "1 column" : `${columnCount} columns`;
  throw new UserError(`${path}:${row.line}: ${cells}, but the header has ${columns}`, {
    hint: "put cells that contain the delimiter, a quote or a line break in double quotes",
  });
}
