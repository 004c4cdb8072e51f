import type { FileHandle } from "node:fs/promises";
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetSchema } from "hyparquet";
import { UserError } from "../errors.ts";
import type { Cell } from "./cell.ts";
import { checkColumns } from "./checkColumns.ts";
import { refuseForeignContent } from "./foreignContent.ts";
import type { InputRow, InputTable } from "./inputTable.ts";
import { type ParquetColumn, type ParquetType, type ParquetValue, parquetColumn } from "./parquetColumn.ts";
import { canDecompress } from "./parquetCompression.ts";
import { storedSchema } from "./parquetSchema.ts";
import { readParquetColumns } from "./readParquetColumns.ts";
import { checkUnchanged, readTableStart, reopenTableFile, type TableFile } from "./tableFile.ts";

/**
 * Opens a Parquet file. Values are kept as they are stored, so 64-bit integers, decimals, nanoseconds and nested values
 * survive. Damage to the footer is seen; a changed byte inside a page may not be, since page checksums are optional and
 * hyparquet does not read them: it can give another value, and in rare cases hyparquet 1.31 never returns.
 * @throws UserError for a damaged file, duplicate columns, or a compression that cannot be read (LZ4).
 */
export async function openParquet(file: TableFile): Promise<InputTable> {
  refuseForeignContent(await readTableStart(file, 512), file.path, "parquet");
  const handle = await reopenTableFile(file);
  try {
    const metadata = await undamaged(file.path, () =>
      parquetMetadataAsync(fileBuffer(handle, file), { geoparquet: false }),
    );
    const columns = await undamaged(file.path, () => {
      checkFooter(metadata);
      return parquetSchema(metadata).children.map(parquetColumn);
    });
    if (columns.length === 0) {
      throw new UserError(`${file.path}: the table has no columns`, {
        hint: "one column must hold the image paths",
      });
    }
    checkColumns(
      columns.map((column) => column.name),
      file.path,
    );
    checkCodecs(metadata, file.path);
    // The library keeps structs in plain objects, which cannot hold a field of that name.
    if (metadata.schema.some((element) => element.name === "__proto__")) {
      throw new UserError(`${file.path}: a field is called "__proto__"`, { hint: "rename it" });
    }
    const stored: FileMetaData = { ...metadata, schema: storedSchema(columns) };
    return {
      path: file.path,
      format: { kind: "parquet" },
      columns: columns.map((column) => column.name),
      parquetColumns: columns,
      rows: () => readRows(file, stored, columns),
    };
  } finally {
    await handle.close();
  }
}

async function* readRows(
  file: TableFile,
  metadata: FileMetaData,
  columns: readonly ParquetColumn[],
): AsyncGenerator<InputRow> {
  const handle = await reopenTableFile(file);
  try {
    const buffer = fileBuffer(handle, file);
    for (const { rowStart, rowEnd } of rowSlices(metadata)) {
      const values = await undamaged(file.path, () =>
        readParquetColumns(buffer, metadata, columns, rowStart, rowEnd),
      );
      for (let row = rowStart; row < rowEnd; row++) {
        const cells = columns.map((column, index) =>
          parquetCell(values[index]?.[row - rowStart], column, row + 1, file.path),
        );
        yield { number: row + 1, cells };
      }
    }
    await checkUnchanged(file, handle);
  } finally {
    await handle.close();
  }
}

/**
 * Row ranges that are decoded at once. A row group can hold a million rows, too many for the memory; cutting it finer
 * costs time, because its pages are found anew for every slice.
 */
function rowSlices(metadata: FileMetaData): readonly { rowStart: number; rowEnd: number }[] {
  const slices: { rowStart: number; rowEnd: number }[] = [];
  let groupStart = 0;
  for (const group of metadata.row_groups) {
    const groupEnd = groupStart + Number(group.num_rows);
    const sliceRows = Math.max(8192, Math.ceil(Number(group.num_rows) / 16));
    for (let rowStart = groupStart; rowStart < groupEnd; rowStart += sliceRows) {
      slices.push({ rowStart, rowEnd: Math.min(rowStart + sliceRows, groupEnd) });
    }
    groupStart = groupEnd;
  }
  return slices;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function parquetCell(value: ParquetValue, { name, type }: ParquetColumn, row: number, path: string): Cell {
  if (value === null || value === undefined) return undefined;
  if (!isText(type)) return { parquet: value, type };
  try {
    return utf8.decode(value as Uint8Array);
  } catch (error) {
    throw new UserError(
      `${path}: row ${row}, column "${name}": not UTF-8, although the column is declared as text`,
      {
        hint: "write the file again with text in UTF-8, or declare the column as binary",
        cause: error,
      },
    );
  }
}

function isText({ kind, element }: ParquetType): boolean {
  return kind === "text" && element.repetition_type !== "REPEATED";
}

/** The footer says twice how many rows there are and of which types the columns are. */
function checkFooter({ num_rows: rowCount, row_groups: groups, schema }: FileMetaData): void {
  const counted = groups.reduce((sum, group) => sum + group.num_rows, 0n);
  if (counted !== rowCount || groups.some((group) => group.num_rows < 0n)) {
    throw new Error(`${rowCount} rows announced, ${counted} found`);
  }
  const types = schema.flatMap(({ type }) => type ?? []).join();
  if (groups.some((group) => group.columns.map((chunk) => chunk.meta_data?.type).join() !== types)) {
    throw new Error("a row group has other columns than the schema");
  }
}

function checkCodecs(metadata: FileMetaData, path: string): void {
  for (const { meta_data: chunk } of metadata.row_groups.flatMap((group) => group.columns)) {
    if (chunk && !canDecompress(chunk.codec)) {
      throw new UserError(`${path}: compressed with ${chunk.codec}, which Clipbook cannot read`, {
        hint: "write the file again with Snappy, Zstandard, Gzip or no compression",
      });
    }
  }
}

/** Random access to the open file. */
function fileBuffer(handle: FileHandle, { sizeBytes }: TableFile): AsyncBuffer {
  return {
    byteLength: sizeBytes,
    async slice(start, end = sizeBytes) {
      if (start < 0 || end > sizeBytes || start > end) throw new RangeError("a page lies outside the file");
      const bytes = new Uint8Array(end - start);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
        if (bytesRead === 0) throw new RangeError("the file ends early");
        filled += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

/** Whatever goes wrong while the library takes the bytes apart, it is the bytes' fault. */
async function undamaged<T>(path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${path}: not a readable Parquet file: ${reason}`, {
      hint: "is it complete? copy or write it again",
      cause: error,
    });
  }
}
