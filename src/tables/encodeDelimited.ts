import { cellText } from "./cell.ts";
import { checkOutputRow, type OutputRow, type OutputTable } from "./outputTable.ts";
import { type OwnCell, type OwnColumn, probabilityText } from "./ownColumn.ts";
import type { DelimitedFormat } from "./tableFormat.ts";
import { guardFormula, wellFormedText } from "./tableText.ts";

const chunkCharacters = 64 * 1024;

/**
 * The table as CSV or TSV text in chunks, quoted where necessary (RFC 4180). Rows that came from a table with the same
 * delimiter begin with that table's own text, byte for byte.
 */
export async function* encodeDelimited(
  table: OutputTable,
  format: DelimitedFormat,
  rows: AsyncIterable<OutputRow> | Iterable<OutputRow>,
): AsyncGenerator<string> {
  const { input, own } = table;
  const columns = input?.columns ?? [];
  const sameText =
    input !== undefined && isDelimited(input.format) && input.format.delimiter === format.delimiter;
  const line = (source: string | undefined, texts: () => readonly string[], ownTexts: readonly string[]) => {
    const theirs = sameText && source !== undefined ? [source] : quoteAll(texts(), format.delimiter);
    const fields = [...theirs, ...quoteAll(ownTexts, format.delimiter)];
    // A line with nothing on it would not be a row.
    return (fields.length === 1 && fields[0] === "" ? '""' : fields.join(format.delimiter)) + format.newline;
  };
  const names = own.map((column) => guardFormula(wellFormedText(column.name)));
  let chunk =
    (format.bom ? "\ufeff" : "") + line(input?.headerSource, () => columns.map(wellFormedText), names);
  for await (const row of rows) {
    checkOutputRow(row, table);
    const cells = () => columns.map((_, index) => wellFormedText(cellText(row.input?.cells[index])));
    const ownTexts = own.map((column, index) => ownText(row.own[index], column));
    chunk += line(row.input?.source, cells, ownTexts);
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

function isDelimited(format: OutputTable["format"]): format is DelimitedFormat {
  return format.kind === "csv" || format.kind === "tsv";
}

function ownText(cell: OwnCell, { kind }: OwnColumn): string {
  if (cell === undefined) return "";
  if (typeof cell === "string") return guardFormula(wellFormedText(cell));
  return kind === "probability" ? probabilityText(cell) : String(cell);
}

function quoteAll(texts: readonly string[], delimiter: string): readonly string[] {
  return texts.map((text) => {
    // A byte-order mark within the first cell would be taken for the file's.
    const plain = !text.includes(delimiter) && !/["\r\n]|^\ufeff/.test(text);
    return plain ? text : `"${text.replaceAll('"', '""')}"`;
  });
}
