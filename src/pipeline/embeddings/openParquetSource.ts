import { UserError } from "../../errors.ts";
import { openParquetVectors, type ParquetVectorFile } from "../../tables/openParquetVectors.ts";
import { findNameColumn } from "./findNameColumn.ts";
import { widestType } from "./requireDim.ts";
import type { VectorSource, VectorSourceOptions } from "./vectorSource.ts";

/**
 * Opens Parquet files with a column of vectors and one that names the images.
 * @throws UserError where either column cannot be told
 */
export async function openParquetSource(
  paths: readonly string[],
  options: VectorSourceOptions,
): Promise<VectorSource> {
  const files: ParquetVectorFile[] = [];
  for (const path of paths) files.push(await openParquetVectors(path));
  const [first] = files as [ParquetVectorFile];
  const vectorColumn = vectorColumnOf(first, options.vectorColumn);
  const imageColumn = first.textColumns[
    findNameColumn(first.path, first.textColumns, [], options.imageColumn)
  ] as string;
  const types = files.map((file) => {
    const found = file.vectorColumns.find(({ name }) => name === vectorColumn);
    if (found !== undefined && file.textColumns.includes(imageColumn)) return found.numberType;
    throw new UserError(
      `${file.path}: there is no column "${found === undefined ? vectorColumn : imageColumn}" here, as in ${first.path}`,
      { hint: "put files of one kind into a folder of their own" },
    );
  });
  const { dim } = options;
  return {
    layout: "parquet",
    files: paths,
    numberType: widestType(types),
    dim,
    count: files.reduce((sum, { rows }) => sum + rows, 0),
    imageColumn,
    vectorColumn,
    async *rows(from) {
      let start = 0;
      for (const file of files) {
        let row = Math.max(0, from - start);
        start += file.rows;
        if (row >= file.rows) continue;
        for await (const { vectors, names } of file.vectors({
          vectorColumn,
          nameColumn: imageColumn,
          dim,
          from: row,
        })) {
          const before = row;
          yield {
            vectors,
            names: names.map((name) => name ?? ""),
            placeOf: (index) => `${file.path}: row ${before + index + 1}`,
          };
          row += vectors.count;
        }
      }
    },
  };
}

/** The requested column, or the only one that is a list of floats. */
function vectorColumnOf({ path, vectorColumns }: ParquetVectorFile, requested: string | undefined): string {
  const names = vectorColumns.map(({ name }) => name);
  const quoted = names.map((name) => `"${name}"`).join(", ");
  if (requested !== undefined && names.includes(requested)) return requested;
  if (requested === undefined && names.length === 1) return names[0] as string;
  if (names.length === 0) {
    throw new UserError(`${path}: no column is a list of floats`, {
      hint: "embeddings are lists of FLOAT, DOUBLE or FLOAT16",
    });
  }
  throw new UserError(
    requested === undefined
      ? `${path}: the vectors could be in ${quoted}`
      : `${path}: no column "${requested}" is a list of floats, only ${quoted}`,
    { hint: "name the column with --vector-column" },
  );
}
