import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { Compressors } from "hyparquet";

/** Decompression that Node brings along; Snappy and none come with hyparquet, and LZ4 is the one in use that is missing. */
export const parquetDecompressors: Compressors = {
  GZIP: (bytes, length) => gunzipSync(bytes, { maxOutputLength: Math.max(length, 1) }),
  BROTLI: (bytes, length) => brotliDecompressSync(bytes, { maxOutputLength: Math.max(length, 1) }),
  ZSTD: (bytes, length) => zstdDecompressSync(bytes, { maxOutputLength: Math.max(length, 1) }),
};

/** Whether pages compressed with this codec can be read. */
export function canDecompress(codec: string): boolean {
  return codec === "UNCOMPRESSED" || codec === "SNAPPY" || Object.hasOwn(parquetDecompressors, codec);
}
