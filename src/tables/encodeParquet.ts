import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { checkOutputRow, type OutputRow, type OutputTable } from "./outputTable.ts";
import { type OwnCell, type OwnColumn, probabilityText } from "./ownColumn.ts";
import { type ParquetColumn, typedColumn } from "./parquetColumn.ts";
import { declaredSchema, writtenSchema } from "./parquetSchema.ts";
import { type ParquetWritten, storedValue, writableColumn } from "./storedValue.ts";
import { wellFormedText } from "./tableText.ts";

/** A row group ends after so many rows or about so many bytes; the memory is bounded by one group. */
const groupRows = 50_000;
const groupBytes = 32 * 1024 * 1024;

/**
 * The table as Parquet bytes, one chunk per row group. The user's columns keep their types; every column may be null.
 * @throws UserError for a column of a nested type that cannot be written.
 */
export async function* encodeParquet(
  table: OutputTable,
  rows: AsyncIterable<OutputRow> | Iterable<OutputRow>,
): AsyncGenerator<Uint8Array> {
  const theirs = (table.input?.parquetColumns ?? []).map(writableColumn);
  const columns = [...theirs, ...table.own.map(ownParquetColumn)];
  const bytes = new ByteWriter();
  // Pages are encoded by how values are stored; the footer then declares what they mean. Statistics would need both.
  const writer = new ParquetWriter({
    writer: bytes,
    schema: writtenSchema(columns),
    statistics: false,
    createdBy: "clipbook",
  });
  let values = columns.map((): ParquetWritten[] => []);
  let size = 0;
  let count = 0;
  const endGroup = async () => {
    await writer.write({
      columnData: columns.map(({ name }, index) => ({ name, data: values[index] as ParquetWritten[] })),
      rowGroupSize: count,
    });
    values = columns.map(() => []);
    size = 0;
    count = 0;
    return takeBytes(bytes);
  };
  for await (const row of rows) {
    checkOutputRow(row, table);
    const written = [
      ...theirs.map((column, index) => storedValue(row.input?.cells[index], column)),
      ...table.own.map((column, index) => ownValue(row.own[index], column)),
    ];
    for (const [index, value] of written.entries()) {
      values[index]?.push(value);
      size += typeof value === "string" || value instanceof Uint8Array ? value.length : 8;
    }
    count++;
    if (count >= groupRows || size >= groupBytes) yield await endGroup();
  }
  if (count > 0) yield await endGroup();
  writer.schema = declaredSchema(columns);
  await writer.finish();
  yield takeBytes(bytes);
}

function ownParquetColumn({ name, kind }: OwnColumn): ParquetColumn {
  const scalar = { text: "text", probability: "float64", integer: "integer", number: "float64" } as const;
  return typedColumn(wellFormedText(name), scalar[kind]);
}

function ownValue(cell: OwnCell, { kind }: OwnColumn): ParquetWritten {
  if (cell === undefined) return undefined;
  if (typeof cell === "string") return wellFormedText(cell);
  if (kind === "integer") return BigInt(cell);
  return kind === "probability" ? Number(probabilityText(cell)) : cell;
}

/** The bytes written since the last call. */
function takeBytes(writer: ByteWriter): Uint8Array {
  const taken = writer.getBytes().slice();
  writer.index = 0; // `offset` goes on counting: it is the position in the file.
  return taken;
}
