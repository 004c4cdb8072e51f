import type { FileHandle } from "node:fs/promises";
import { promisify } from "node:util";
import { constants, crc32, inflateRaw } from "node:zlib";
import { ImageFailure } from "../imageFailure.ts";
import { readAt } from "../readAt.ts";
import { entryFlags, signatures, type ZipEntry } from "./zipEntry.ts";

/** No picture of allowed size needs more; an entry that claims more is not unpacked. */
export const mostEntryBytes = 1_500_000_000;

/** Above this size a file must not have been packed to less than a 200th: of photographs and scans none is. */
const packing = { fromBytes: 100_000_000, mostTimes: 200 };

const inflated = promisify(inflateRaw) as (
  bytes: Buffer,
  options: { readonly maxOutputLength: number; readonly finishFlush?: number; readonly chunkSize?: number },
) => Promise<Buffer>;

/**
 * A file's bytes out of an archive, all of them and right by their checksum.
 * @throws ImageFailure `empty_file`, `corrupt`, `unsupported_format`, `too_many_pixels`, `unreadable_name`,
 * `not_a_regular_file`, `truncated`
 */
export async function readEntry(file: FileHandle, entry: ZipEntry): Promise<Buffer> {
  requireReadable(entry);
  const packed = await readAt(file, await dataAt(file, entry), entry.packedBytes);
  if (packed.length < entry.packedBytes) throw damaged();
  const bytes =
    entry.method === 0
      ? packed
      : await inflated(packed, {
          // One that claims less than it has is stopped there.
          maxOutputLength: entry.sizeBytes,
          chunkSize: Math.min(1 << 20, Math.max(64, entry.sizeBytes)),
        }).catch((cause) => {
          throw damaged(cause);
        });
  // A picture with a flipped byte often still decodes.
  if (bytes.length !== entry.sizeBytes || crc32(bytes) !== entry.crc32) throw damaged();
  return bytes;
}

/** The first `count` bytes of a file, fewer if it is shorter; their checksum is not known. @throws ImageFailure as `readEntry` does */
export async function readEntryStart(file: FileHandle, entry: ZipEntry, count: number): Promise<Buffer> {
  requireReadable(entry);
  // Deflate needs hardly more than a header, the table of its code, and what follows.
  const wanted = entry.method === 0 ? count : count + 4096;
  const packed = await readAt(file, await dataAt(file, entry), Math.min(wanted, entry.packedBytes));
  if (entry.method === 0) return packed.subarray(0, count);
  const bytes = await inflated(packed, {
    // What 4 kB may become at most, with deflate's largest ratio of 1032 (zlib's documentation).
    maxOutputLength: 1032 * (count + 4096),
    finishFlush: constants.Z_SYNC_FLUSH,
  }).catch((cause) => {
    throw damaged(cause);
  });
  return bytes.subarray(0, Math.min(count, entry.sizeBytes));
}

function requireReadable(entry: ZipEntry): void {
  if (entry.failure !== undefined) throw entry.failure;
  if ((entry.flags & entryFlags.encrypted) !== 0) {
    throw new ImageFailure("unsupported_format", "the file is encrypted: unpack the archive first");
  }
  if (entry.method !== 0 && entry.method !== 8) {
    throw new ImageFailure(
      "unsupported_format",
      `the file is packed with method ${entry.method}: unpack the archive first`,
    );
  }
  if (entry.sizeBytes === 0) throw new ImageFailure("empty_file", "the file has no bytes");
  if (entry.sizeBytes > mostEntryBytes) {
    throw new ImageFailure("too_many_pixels", "the file is larger than any picture of allowed size");
  }
  if (entry.sizeBytes > packing.fromBytes && entry.sizeBytes > packing.mostTimes * entry.packedBytes) {
    throw new ImageFailure(
      "too_many_pixels",
      `the file becomes more than ${packing.mostTimes} times as large when it is unpacked, as no photograph does`,
    );
  }
  if (entry.method === 0 && entry.packedBytes !== entry.sizeBytes) throw damaged();
}

/** The local header repeats the name and has extra fields of its own, which may be longer than the directory's. */
async function dataAt(file: FileHandle, { headerAt }: ZipEntry): Promise<number> {
  const header = await readAt(file, headerAt, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== signatures.localHeader) throw damaged();
  return headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

function damaged(cause?: unknown): ImageFailure {
  return new ImageFailure("corrupt", "the archive is damaged at this file", { cause });
}
