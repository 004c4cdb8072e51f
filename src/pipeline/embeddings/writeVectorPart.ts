import { type FileHandle, mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { encodeParquetVectors } from "../../tables/encodeParquetVectors.ts";
import { npyHeader } from "../../tables/npyHeader.ts";
import { tableFormatOf } from "../../tables/tableFormat.ts";
import { writeTable } from "../../tables/writeTable.ts";
import { exportedColumns, exportedVectorColumn } from "./exportedColumns.ts";
import type { ExportedRows } from "./exportedRows.ts";
import type { VectorLayout } from "./vectorSource.ts";

/** A part of an export. */
export interface VectorPartSpec {
  readonly layout: VectorLayout;
  readonly numberType: "float16" | "float32";
  /** From 0. */
  readonly part: number;
  readonly count: number;
}

/** Writes one part into a folder; its files are on the disk afterwards. @throws Error of the system */
export async function writeVectorPart(
  folder: string,
  { layout, numberType, part, count }: VectorPartSpec,
  rows: AsyncGenerator<ExportedRows>,
): Promise<void> {
  if (layout === "parquet") {
    const columns = { texts: exportedColumns, vectors: exportedVectorColumn, numberType };
    return writeAll(
      join(folder, `embeddings_${part}.parquet`),
      encodeParquetVectors(columns, inGroups(rows)),
    );
  }
  const isRetrieval = layout === "clip-retrieval";
  const [npyFolder, tableFolder] = isRetrieval
    ? [join(folder, "img_emb"), join(folder, "metadata")]
    : [folder, folder];
  await mkdir(npyFolder, { recursive: true });
  await mkdir(tableFolder, { recursive: true });
  const table = join(tableFolder, isRetrieval ? `metadata_${part}.parquet` : `embeddings_${part}.csv`);
  const npy = await open(join(npyFolder, `${isRetrieval ? "img_emb" : "embeddings"}_${part}.npy`), "wx");
  try {
    const own = exportedColumns.map((name) => ({ name, kind: "text" as const }));
    // The vectors go their way while the table takes the texts: the units are read once.
    await writeTable(
      table,
      { format: tableFormatOf(table), own },
      textsAfterVectors(npy, rows, numberType, count),
    );
    await npy.sync();
  } finally {
    await npy.close();
  }
}

async function* textsAfterVectors(
  npy: FileHandle,
  rows: AsyncGenerator<ExportedRows>,
  numberType: VectorPartSpec["numberType"],
  count: number,
) {
  let isFirst = true;
  for await (const { values, dim, texts } of rows) {
    if (isFirst) await npy.appendFile(npyHeader(numberType, count, dim));
    isFirst = false;
    const { buffer, byteOffset, byteLength } = numberType === "float32" ? values : new Float16Array(values);
    await npy.appendFile(new Uint8Array(buffer, byteOffset, byteLength));
    for (const own of texts) yield { input: undefined, own };
  }
}

/** Numbers of a row group: as lists they take many times their room while they are written. */
const numbersPerGroup = 500_000;

async function* inGroups(rows: AsyncGenerator<ExportedRows>): AsyncGenerator<ExportedRows> {
  for await (const { values, dim, texts } of rows) {
    const atOnce = Math.max(1, Math.floor(numbersPerGroup / dim));
    for (let from = 0; from < texts.length; from += atOnce) {
      const to = Math.min(texts.length, from + atOnce);
      yield { values: values.subarray(from * dim, to * dim), dim, texts: texts.slice(from, to) };
    }
  }
}

async function writeAll(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, "wx");
  try {
    for await (const chunk of chunks) await file.appendFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}
