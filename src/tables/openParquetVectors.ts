import { UserError } from "../errors.ts";
import type { VectorNumberType } from "./npyHeader.ts";
import { openParquetFooter, rowSlices, undamaged } from "./openParquet.ts";
import type { ParquetColumn } from "./parquetColumn.ts";
import { askParquetProcess } from "./parquetProcess.ts";
import { maybeVectorType, type ParquetVectors } from "./parquetVectors.ts";
import { checkUnchanged, findTableFile, reopenTableFile } from "./tableFile.ts";
import { type VectorRows, vectorRows } from "./vectorRows.ts";

/** Vectors with the names beside them, in the file's order. */
export interface NamedVectorRows {
  readonly vectors: VectorRows;
  /** undefined where there is none. */
  readonly names: readonly (string | undefined)[];
}

/** A Parquet file with vectors in a column of lists. */
export interface ParquetVectorFile {
  readonly path: string;
  readonly rows: number;
  /** The columns that are lists of floats. */
  readonly vectorColumns: readonly { readonly name: string; readonly numberType: VectorNumberType }[];
  /** Columns of text. */
  readonly textColumns: readonly string[];
  /**
   * Vectors of a length, and names, of all rows from `from` on, in parts.
   * @throws UserError for a row without a vector of that length, and for a damaged file
   */
  vectors(asked: {
    readonly vectorColumn: string;
    readonly nameColumn: string;
    readonly dim: number;
    readonly from: number;
  }): AsyncGenerator<NamedVectorRows>;
}

/** Numbers of a part: as JavaScript's lists they take many times their room in the process that reads them. */
const numbersAtOnce = 4_000_000;

/** Opens a Parquet file and looks for columns of vectors. @throws UserError for one that cannot be read */
export async function openParquetVectors(path: string): Promise<ParquetVectorFile> {
  const file = await findTableFile(path);
  const { metadata, columns } = await openParquetFooter(file);
  const vectorColumns = columns.flatMap((column) => {
    const numberType = maybeVectorType(column);
    return numberType === undefined ? [] : [{ name: column.name, numberType }];
  });
  return {
    path,
    rows: Number(metadata.num_rows),
    vectorColumns,
    textColumns: columns.filter(isText).map(({ name }) => name),
    async *vectors({ vectorColumn, nameColumn, dim, from }) {
      const numberType = vectorColumns.find(({ name }) => name === vectorColumn)?.numberType;
      if (numberType === undefined) throw new RangeError(`${path} has no vectors in "${vectorColumn}"`);
      const atOnce = Math.max(1, Math.floor(numbersAtOnce / dim));
      for (const slice of rowSlices(metadata)) {
        for (let rowStart = Math.max(slice.rowStart, from); rowStart < slice.rowEnd; rowStart += atOnce) {
          const rowEnd = Math.min(slice.rowEnd, rowStart + atOnce);
          const request = { verb: "vectors", file, vectorColumn, nameColumn, dim, rowStart, rowEnd } as const;
          const answer = await undamaged(
            path,
            async () => (await askParquetProcess(request)) as ParquetVectors,
          );
          if (answer.fault !== undefined) {
            throw new UserError(
              `${path}: row ${answer.fault.row + 1}, column "${vectorColumn}": ${answer.fault.sentence}`,
              { hint: "every row needs one vector, all of the encoder's length" },
            );
          }
          const names = answer.names.map((name, i) => maybeText(name, path, nameColumn, rowStart + i + 1));
          yield { vectors: vectorRows(numberType, answer.bytes, dim), names };
        }
      }
      const handle = await reopenTableFile(file);
      await checkUnchanged(file, handle).finally(() => handle.close());
    },
  };
}

function isText({ type }: ParquetColumn): boolean {
  return type.kind === "text" && type.element.repetition_type !== "REPEATED";
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function maybeText(bytes: Uint8Array | null, path: string, column: string, row: number): string | undefined {
  if (bytes === null || bytes === undefined) return undefined;
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new UserError(`${path}: row ${row}, column "${column}": not UTF-8`, {
      hint: "write the file again with text in UTF-8",
      cause,
    });
  }
}
