import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { type Compressors, snappyUncompress } from "hyparquet";

/** Writers cut pages at about a megabyte. */
const largestPageBytes = 512 * 1024 * 1024;

/** Decompression that Node brings along, and hyparquet's Snappy; LZ4 is the one in use that is missing. */
export const parquetDecompressors: Compressors = {
  GZIP: (bytes, length) => gunzipSync(bytes, { maxOutputLength: checkedLength(length) }),
  BROTLI: (bytes, length) => brotliDecompressSync(bytes, { maxOutputLength: checkedLength(length) }),
  ZSTD: (bytes, length) => zstdDecompressSync(bytes, { maxOutputLength: checkedLength(length) }),
  SNAPPY: (bytes, length) => {
    checkedLength(length);
    // Snappy's elements of three bytes give 64 at the most, so that a longer page is a lie that would only cost memory.
    if (length > 22 * bytes.length + 64)
      throw new Error("a page is longer than what it was compressed to allows");
    const page = new Uint8Array(length);
    snappyUncompress(bytes, page);
    return page;
  },
};

/** The length that a page's header gives, if it is one. @throws Error otherwise */
function checkedLength(length: number): number {
  if (!(length >= 0)) throw new Error("a page has no length");
  if (length > largestPageBytes) throw new Error("a page of more than 512 MiB");
  return Math.max(length, 1);
}

/** Whether pages compressed with this codec can be read. */
export function canDecompress(codec: string): boolean {
  return codec === "UNCOMPRESSED" || Object.hasOwn(parquetDecompressors, codec);
}
