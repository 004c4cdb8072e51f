import type { FileMetaData } from "hyparquet";
import { UserError } from "../errors.ts";
import type { Cell } from "./cell.ts";
import { checkColumns } from "./checkColumns.ts";
import { refuseForeignContent } from "./foreignContent.ts";
import type { InputRow, InputTable } from "./inputTable.ts";
import type { ParquetColumn, ParquetType, ParquetValue } from "./parquetColumn.ts";
import { canDecompress } from "./parquetCompression.ts";
import { footerColumns } from "./parquetFile.ts";
import { askParquetProcess, type ParquetLimits } from "./parquetProcess.ts";
import { checkUnchanged, readTableStart, reopenTableFile, type TableFile } from "./tableFile.ts";

/**
 * Opens a Parquet file. Values are kept as they are stored, so 64-bit integers, decimals, nanoseconds and nested values
 * survive. Damage to the footer is seen; a changed byte inside a page may not be, since page checksums are optional and
 * hyparquet does not read them: it can give another value. The bytes are taken apart in a process of their own.
 * @param limits of time and memory for each part that is read
 * @throws UserError for a damaged file, duplicate columns, or a compression that cannot be read (LZ4).
 */
export async function openParquet(file: TableFile, limits?: ParquetLimits): Promise<InputTable> {
  const { metadata, columns } = await openParquetFooter(file, limits);
  return {
    path: file.path,
    format: { kind: "parquet" },
    columns: columns.map((column) => column.name),
    parquetColumns: columns,
    rows: () => readRows(file, metadata, columns, limits),
  };
}

/** A Parquet file's footer and columns. @throws UserError as `openParquet` does */
export async function openParquetFooter(
  file: TableFile,
  limits?: ParquetLimits,
): Promise<{ readonly metadata: FileMetaData; readonly columns: readonly ParquetColumn[] }> {
  refuseForeignContent(await readTableStart(file, 512), file.path, "parquet");
  const metadata = await undamaged(file.path, async () => {
    return (await askParquetProcess({ verb: "footer", file }, limits)) as FileMetaData;
  });
  const columns = await undamaged(file.path, () => footerColumns(metadata));
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
  return { metadata, columns };
}

async function* readRows(
  file: TableFile,
  metadata: FileMetaData,
  columns: readonly ParquetColumn[],
  limits: ParquetLimits | undefined,
): AsyncGenerator<InputRow> {
  for (const { rowStart, rowEnd } of rowSlices(metadata)) {
    const values = await undamaged(file.path, async () => {
      return (await askParquetProcess(
        { verb: "rows", file, rowStart, rowEnd },
        limits,
      )) as readonly ParquetValue[][];
    });
    for (let row = rowStart; row < rowEnd; row++) {
      const cells = columns.map((column, index) =>
        parquetCell(values[index]?.[row - rowStart], column, row + 1, file.path),
      );
      yield { number: row + 1, cells };
    }
  }
  const handle = await reopenTableFile(file);
  await checkUnchanged(file, handle).finally(() => handle.close());
}

/** What the rows of a slice should not exceed. */
const sliceBytes = 64 * 1024 * 1024;

/**
 * Row ranges that are decoded at once. A row group can hold a million rows, or pictures, too much for the memory; cutting it
 * finer costs time, because its pages are found anew for every slice.
 */
export function* rowSlices(metadata: FileMetaData): Generator<{ rowStart: number; rowEnd: number }> {
  let groupStart = 0;
  for (const { num_rows, total_byte_size } of metadata.row_groups) {
    const rowCount = Number(num_rows);
    const groupEnd = groupStart + rowCount;
    const fitting = Math.floor((sliceBytes * rowCount) / Math.max(1, Number(total_byte_size)));
    const sliceRows = Math.max(256, Math.min(fitting, Math.max(8192, Math.ceil(rowCount / 16))));
    for (let rowStart = groupStart; rowStart < groupEnd; rowStart += sliceRows) {
      yield { rowStart, rowEnd: Math.min(rowStart + sliceRows, groupEnd) };
    }
    groupStart = groupEnd;
  }
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

function checkCodecs(metadata: FileMetaData, path: string): void {
  for (const { meta_data: chunk } of metadata.row_groups.flatMap((group) => group.columns)) {
    if (chunk && !canDecompress(chunk.codec)) {
      throw new UserError(`${path}: compressed with ${chunk.codec}, which Clipbook cannot read`, {
        hint: "write the file again with Snappy, Zstandard, Gzip or no compression",
      });
    }
  }
}

/** Whatever goes wrong while the bytes are taken apart, it is their fault. @throws UserError */
export async function undamaged<T>(path: string, read: () => T | Promise<T>): Promise<T> {
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
