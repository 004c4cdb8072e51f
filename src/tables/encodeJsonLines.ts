import { cellJson } from "./cell.ts";
import { checkOutputRow, type OutputRow, type OutputTable } from "./outputTable.ts";
import { type OwnCell, type OwnColumn, probabilityText } from "./ownColumn.ts";
import type { JsonLinesFormat } from "./tableFormat.ts";

const chunkCharacters = 64 * 1024;

/**
 * The table as JSON Lines text in chunks. A row that came from a JSON Lines table keeps its own text, byte for byte, with
 * Clipbook's keys added at the end; keys that such a row does not have stay absent.
 */
export async function* encodeJsonLines(
  table: OutputTable,
  format: JsonLinesFormat,
  rows: AsyncIterable<OutputRow> | Iterable<OutputRow>,
): AsyncGenerator<string> {
  const { input, own } = table;
  const keys = (input?.columns ?? []).map((column) => JSON.stringify(column));
  const ownKeys = own.map((column) => JSON.stringify(column.name));
  const sameText = input?.format.kind === "jsonl";
  let chunk = format.bom ? "\ufeff" : "";
  for await (const row of rows) {
    checkOutputRow(row, table);
    const added = own.map((column, index) => `${ownKeys[index]}:${ownJson(row.own[index], column)}`);
    const source = sameText ? row.input?.source : undefined;
    if (source === undefined) {
      const theirs = keys.flatMap((key, index) => member(key, cellJson(row.input?.cells[index])));
      chunk += `{${[...theirs, ...added].join(",")}}`;
    } else {
      const open = source.slice(0, -1);
      chunk += `${open}${/^\{\s*$/.test(open) || added.length === 0 ? "" : ","}${added.join(",")}}`;
    }
    chunk += format.newline;
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

function member(key: string, json: string | undefined): readonly string[] {
  return json === undefined ? [] : [`${key}:${json}`];
}

function ownJson(cell: OwnCell, { kind }: OwnColumn): string {
  if (cell === undefined) return "null";
  // The number with two decimals at most, 12.5 rather than 12.50.
  return JSON.stringify(kind === "probability" ? Number(probabilityText(cell as number)) : cell);
}
