import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { normaliseRows } from "../../../src/embeddings.ts";
import { seededRandom } from "../../../src/seededRandom.ts";
import { npyHeader } from "../../../src/tables/npyHeader.ts";
import { tableFormatOf } from "../../../src/tables/tableFormat.ts";
import { writeTable } from "../../../src/tables/writeTable.ts";

/** Unit vectors in random directions. `[count, dim]` */
export function unitVectors(count: number, dim: number, seed = 1): Float32Array {
  const random = seededRandom(seed);
  return normaliseRows(
    Float32Array.from({ length: count * dim }, () => random() - 0.5),
    dim,
  ).values;
}

/** Writes vectors as an `.npy` file. `[count, dim]` */
export function writeNpy(
  path: string,
  values: Float16Array | Float32Array | Float64Array,
  dim: number,
): void {
  const numberType = ({ 2: "float16", 4: "float32", 8: "float64" } as const)[
    values.BYTES_PER_ELEMENT as 2 | 4 | 8
  ];
  const data = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.concat([npyHeader(numberType, values.length / dim, dim), data]));
}

/** Writes a table of one column or more, by its ending. */
export async function writeRows(
  path: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const own = columns.map((name) => ({ name, kind: "text" as const }));
  await writeTable(
    path,
    { format: tableFormatOf(path), own },
    rows.map((cells) => ({ input: undefined, own: cells })),
  );
}

/** Names `0.jpg`, `1.jpg`, ... */
export const namesOf = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `p/${from + i}.jpg`);

/** A folder as clip-retrieval writes it: parts of float16 vectors, each with its metadata. */
export async function writeRetrieval(
  folder: string,
  parts: readonly (Float16Array | Float32Array)[],
  dim: number,
  column = "image_path",
): Promise<void> {
  let from = 0;
  for (const [number, values] of parts.entries()) {
    const count = values.length / dim;
    writeNpy(join(folder, `img_emb/img_emb_${number}.npy`), values, dim);
    const names = namesOf(count, from);
    await writeRows(
      join(folder, `metadata/metadata_${number}.parquet`),
      [column, "caption"],
      names.map((name) => [name, "x"]),
    );
    from += count;
  }
}
