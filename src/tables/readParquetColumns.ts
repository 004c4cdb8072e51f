import { type AsyncBuffer, type FileMetaData, parquetRead } from "hyparquet";
import type { ParquetColumn, ParquetValue } from "./parquetColumn.ts";
import { parquetDecompressors } from "./parquetCompression.ts";

/**
 * The stored values of rows `rowStart` to `rowEnd` (exclusive), one array per column, `[column][row]`.
 * @param metadata with `storedSchema` as its schema
 * @throws Error if the file is damaged: a column that has fewer values than its row group has rows would shift the rest.
 */
export async function readParquetColumns(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly ParquetColumn[],
  rowStart: number,
  rowEnd: number,
): Promise<readonly (readonly ParquetValue[])[]> {
  const values = columns.map((): ParquetValue[] => new Array(rowEnd - rowStart));
  const counts = columns.map(() => 0);
  const indexByName = new Map(columns.map((column, index) => [column.name, index]));
  await parquetRead({
    file,
    metadata,
    columns: columns.map(({ name }) => name),
    rowStart,
    rowEnd,
    utf8: false,
    useOffsetIndex: true,
    compressors: parquetDecompressors,
    // INT96 has no annotation that could be left out; the library hands over nanoseconds since 1970.
    parsers: { timestampFromNanoseconds: (nanoseconds) => nanoseconds },
    onChunk({ columnName, columnData, rowStart: from, rowEnd: to }) {
      const index = indexByName.get(columnName) as number;
      const target = values[index] as ParquetValue[];
      const start = Math.max(from, rowStart);
      const end = Math.min(to, rowEnd);
      for (let row = start; row < end; row++) target[row - rowStart] = columnData[row - from];
      counts[index] = (counts[index] as number) + Math.max(0, end - start);
    },
  });
  for (const [index, count] of counts.entries()) {
    if (count !== rowEnd - rowStart) {
      const name = columns[index]?.name;
      throw new Error(`column "${name}" has ${count} values for rows ${rowStart + 1} to ${rowEnd}`);
    }
  }
  return values;
}
