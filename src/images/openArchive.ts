import { statSync } from "node:fs";
import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { UserError } from "../errors.ts";
import { ImageFailure } from "./imageFailure.ts";
import type { ImageFileState } from "./readImageFile.ts";

/** An open ZIP archive: entries are read one by one into memory, nothing is unpacked to disk. */
export interface Archive {
  /** Names of the files inside, in byte order; of several with one name the last one counts, as in unpacking. */
  readonly names: readonly string[];
  /** @throws ImageFailure for an unknown name */
  fileState(name: string): ImageFileState;
  /** @throws ImageFailure `missing_file`, `empty_file`, `corrupt`, `unsupported_format`, `too_many_pixels` */
  read(name: string): Promise<Buffer>;
  /** The first `count` bytes of a file, fewer if it is shorter. @throws ImageFailure as `read` does */
  readStart(name: string, count: number): Promise<Buffer>;
  close(): void;
}

/** No picture of allowed size needs more; an entry that claims more is not unpacked. */
const maxEntryBytes = 1_500_000_000;

/**
 * Opens a ZIP archive and reads its list of entries.
 * @throws UserError for a file that is no whole ZIP archive, or with names that lead out of it
 */
export async function openArchive(path: string): Promise<Archive> {
  // Taken before: what is replaced from here on keeps an older time than it has, and is read again by the next run.
  const modifiedNs = modifiedNsOf(path);
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((cause) => {
    throw unreadable(path, cause);
  });
  const entries = await listEntries(zip).catch((cause) => {
    zip.close();
    throw unreadable(path, cause);
  });
  const entryOf = (name: string): Entry => {
    const entry = entries.get(name);
    if (entry === undefined) throw new ImageFailure("missing_file", "the archive has no such file");
    return entry;
  };
  return {
    names: [...entries.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    fileState: (name) => ({ sizeBytes: entryOf(name).uncompressedSize, modifiedNs }),
    read: async (name) => {
      const entry = entryOf(name);
      const bytes = await readBytes(zip, entry, entry.uncompressedSize);
      // yauzl leaves the checksum to its callers, and a picture with a flipped byte often still decodes.
      if (crc32(bytes) !== entry.crc32) throw damaged();
      return bytes;
    },
    readStart: (name, count) => readBytes(zip, entryOf(name), count),
    close: () => zip.close(),
  };
}

function modifiedNsOf(path: string): bigint {
  try {
    return statSync(path, { bigint: true }).mtimeNs;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function readBytes(zip: ZipFile, entry: Entry, count: number): Promise<Buffer> {
  if (entry.isEncrypted()) {
    throw new ImageFailure("unsupported_format", "the file is encrypted: unpack the archive first");
  }
  if (!entry.canDecodeFileData()) {
    throw new ImageFailure(
      "unsupported_format",
      `the file is packed with method ${entry.compressionMethod}: unpack the archive first`,
    );
  }
  if (entry.uncompressedSize === 0) throw new ImageFailure("empty_file", "the file has no bytes");
  if (entry.uncompressedSize > maxEntryBytes) {
    throw new ImageFailure("too_many_pixels", "the file is larger than any picture of allowed size");
  }
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= count && count < entry.uncompressedSize) break;
    }
    return Buffer.concat(chunks).subarray(0, count);
  } catch (cause) {
    throw damaged(cause);
  }
}

function damaged(cause?: unknown): ImageFailure {
  return new ImageFailure("corrupt", "the archive is damaged at this file", { cause });
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    // Folders are entries too.
    if (!entry.fileName.endsWith("/")) entries.set(entry.fileName, entry);
  }
  return entries;
}

function unreadable(path: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError(`${path}: this archive cannot be read: ${reason}`, {
    hint: "check that it was downloaded whole, or unpack it and give the folder",
    cause,
  });
}
