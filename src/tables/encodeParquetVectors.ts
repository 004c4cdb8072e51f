import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { wellFormedText } from "./tableText.ts";

/** Vectors with texts beside them, to be written. */
export interface VectorsToWrite {
  /** `[count, dim]` */
  readonly values: Float32Array;
  readonly dim: number;
  /** A row of texts for each vector, in the order of the columns. */
  readonly texts: readonly (readonly string[])[];
}

/** Columns of a Parquet file with vectors: texts, then lists of floats. */
export interface VectorColumns {
  readonly texts: readonly string[];
  readonly vectors: string;
  readonly numberType: "float16" | "float32";
}

/**
 * Vectors as Parquet bytes, one row group for each part: memory is bounded by a part. Floats hardly compress, and are written as
 * they are.
 */
export async function* encodeParquetVectors(
  columns: VectorColumns,
  parts: AsyncIterable<VectorsToWrite> | Iterable<VectorsToWrite>,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const schema = schemaOf(columns);
  const writer = new ParquetWriter({ writer: bytes, schema, statistics: false, createdBy: "clipbook" });
  const taken = () => {
    const part = bytes.getBytes().slice();
    bytes.index = 0; // `offset` goes on counting: it is the position in the file.
    return part;
  };
  for await (const { values, dim, texts } of parts) {
    const lists = texts.map((_, i) => Array.from(values.subarray(i * dim, (i + 1) * dim)));
    await writer.write({
      columnData: [
        ...columns.texts.map((name, c) => ({ name, data: texts.map((row) => wellFormedText(row[c] ?? "")) })),
        { name: columns.vectors, data: lists, encoding: "PLAIN" as const, codec: "UNCOMPRESSED" as const },
      ],
      rowGroupSize: Math.max(1, texts.length),
    });
    yield taken();
  }
  await writer.finish();
  yield taken();
}

function schemaOf({ texts, vectors, numberType }: VectorColumns): SchemaElement[] {
  const number: Omit<SchemaElement, "name"> =
    numberType === "float32"
      ? { type: "FLOAT" }
      : { type: "FIXED_LEN_BYTE_ARRAY", type_length: 2, logical_type: { type: "FLOAT16" } };
  return [
    { name: "root", num_children: texts.length + 1 },
    ...texts.map(
      (name) =>
        ({
          name,
          type: "BYTE_ARRAY",
          converted_type: "UTF8",
          repetition_type: "REQUIRED",
        }) satisfies SchemaElement,
    ),
    { name: vectors, repetition_type: "REQUIRED", converted_type: "LIST", num_children: 1 },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", repetition_type: "REQUIRED", ...number },
  ];
}
