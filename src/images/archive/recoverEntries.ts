import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { errorCode } from "../../errorCode.ts";
import { ImageFailure } from "../imageFailure.ts";
import { readAt } from "../readAt.ts";
import { entryName } from "./entryName.ts";
import { extraFields, wideNumbers } from "./extraFields.ts";
import { mostEntryBytes } from "./readEntry.ts";
import { entryFlags, mostEntries, signatures, tooManyEntries, type ZipEntry } from "./zipEntry.ts";

/** So much of a file is searched for the next header at a time. */
const pieceBytes = 1 << 20;

/**
 * Bytes, packed and not, that are gone through to find ends, beyond so many times the archive's own: photographs hardly shrink, and
 * files that lie in each other, or are all zeros, would take hours.
 */
const mostMeasured = { times: 20, beyondBytes: 1_000_000_000 };

/** What a local header tells, and where its file's bytes begin. */
interface LocalFile extends ZipEntry {
  readonly dataAt: number;
}

/** How many bytes a deflated file has before and after, and their checksum. */
interface Measure {
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly crc32: number;
}

/**
 * The files of an archive without a directory, such as one that was cut off, by the header in front of each of them
 * (APPNOTE section 4.3.7). Where the sizes are only behind a file's bytes it is inflated to find its end.
 * The file that the archive ends in comes as one that fails.
 * @param mostBytes packed and inflated ones that are gone through; behind them files whose sizes are not in front fail unread
 * @throws UserError for more than a million files
 */
export async function recoverEntries(
  file: FileHandle,
  fileBytes: number,
  mostBytes = mostMeasured.times * fileBytes + mostMeasured.beyondBytes,
): Promise<readonly ZipEntry[]> {
  const entries: ZipEntry[] = [];
  const budget = { leftBytes: mostBytes };
  let at = 0;
  for (;;) {
    const signature = await signatureAt(file, at);
    if (signature === signatures.directoryHeader || signature === signatures.end) break;
    if (signature !== signatures.localHeader) {
      const next = await maybeNextHeader(file, at + 1, fileBytes);
      if (next === undefined) break;
      at = next;
      continue;
    }
    const found = await maybeLocalFile(file, at);
    if (found === undefined) break;
    const { entry, end } = await measured(file, found, fileBytes, budget);
    if (!entry.name.endsWith("/")) entries.push(entry);
    if (entries.length > mostEntries) throw tooManyEntries();
    at = end;
  }
  return entries;
}

async function signatureAt(file: FileHandle, at: number): Promise<number | undefined> {
  const bytes = await readAt(file, at, 4);
  return bytes.length < 4 ? undefined : bytes.readUInt32LE(0);
}

async function maybeNextHeader(
  file: FileHandle,
  from: number,
  fileBytes: number,
): Promise<number | undefined> {
  const header = Buffer.from("PK\x03\x04", "latin1");
  for (let at = from; at < fileBytes; at += pieceBytes) {
    // A little more, for a header may lie across two pieces.
    const found = (await readAt(file, at, pieceBytes + 3)).indexOf(header);
    if (found >= 0) return at + found;
  }
  return undefined;
}

/** Undefined where the file ends within the header or the name. */
async function maybeLocalFile(file: FileHandle, at: number): Promise<LocalFile | undefined> {
  const header = await readAt(file, at, 30);
  if (header.length < 30) return undefined;
  const [nameBytes, extraBytes] = [header.readUInt16LE(26), header.readUInt16LE(28)];
  const rest = await readAt(file, at + 30, nameBytes + extraBytes);
  if (rest.length < nameBytes) return undefined;
  const extra = rest.subarray(nameBytes);
  const flags = header.readUInt16LE(6);
  const sizes = wideNumbers([header.readUInt32LE(22), header.readUInt32LE(18)], extra) ?? [0, 0];
  return {
    ...entryName(rest.subarray(0, nameBytes), (flags & entryFlags.utf8) !== 0, extraFields(extra)),
    flags,
    method: header.readUInt16LE(8),
    crc32: header.readUInt32LE(14),
    sizeBytes: sizes[0] as number,
    packedBytes: sizes[1] as number,
    headerAt: at,
    dataAt: at + 30 + nameBytes + extraBytes,
  };
}

async function measured(
  file: FileHandle,
  { dataAt, ...entry }: LocalFile,
  fileBytes: number,
  budget: { leftBytes: number },
): Promise<{ readonly entry: ZipEntry; readonly end: number }> {
  const failing = (failure: ImageFailure) => ({ ...entry, failure: entry.failure ?? failure });
  const sizesFollow = (entry.flags & entryFlags.sizesFollow) !== 0 && entry.packedBytes === 0;
  if (!sizesFollow) {
    const end = dataAt + entry.packedBytes;
    return end > fileBytes ? { entry: failing(cutOff()), end: fileBytes } : { entry, end };
  }
  if (entry.method !== 8 || (entry.flags & entryFlags.encrypted) !== 0) {
    return { entry: failing(endless()), end: dataAt };
  }
  if (budget.leftBytes <= 0) return { entry: failing(tooLong()), end: dataAt };
  const measure = await measureDeflated(file, dataAt, fileBytes, budget);
  if (measure instanceof ImageFailure) {
    return { entry: failing(measure), end: measure.code === "truncated" ? fileBytes : dataAt };
  }
  const end = dataAt + measure.packedBytes;
  return { entry: { ...entry, ...measure }, end: end + (await descriptorBytes(file, end, measure)) };
}

function cutOff(): ImageFailure {
  return new ImageFailure("truncated", "the archive ends within this file");
}

function endless(): ImageFailure {
  return new ImageFailure(
    "corrupt",
    "only the archive's list of files, which is lost, told where this file ends",
  );
}

function tooLong(): ImageFailure {
  return new ImageFailure(
    "corrupt",
    "the archive's list of files is lost, and to find the ends of so many files takes too long: repair it, for example with zip -FF",
  );
}

async function measureDeflated(
  file: FileHandle,
  from: number,
  fileBytes: number,
  budget: { leftBytes: number },
): Promise<Measure | ImageFailure> {
  let readBytes = 0;
  async function* pieces() {
    for (let at = from; at < fileBytes; at += pieceBytes) {
      const piece = await readAt(file, at, pieceBytes);
      readBytes += piece.length;
      yield piece;
    }
  }
  const source = Readable.from(pieces());
  const inflate = createInflateRaw();
  // `pipe` passes on no errors, and one of the disk that nobody hears would end the process.
  source.on("error", (error) => inflate.destroy(error)).pipe(inflate);
  let sizeBytes = 0;
  let checksum = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      checksum = crc32(chunk, checksum);
      if (sizeBytes > mostEntryBytes) return new ImageFailure("too_many_pixels", tooLarge);
    }
    // What was read ahead belongs to the next file.
    readBytes = inflate.bytesWritten;
    return { packedBytes: inflate.bytesWritten, sizeBytes, crc32: checksum };
  } catch (cause) {
    if (errorCode(cause) === "Z_BUF_ERROR") return cutOff();
    if (errorCode(cause)?.startsWith("Z_") !== true) throw cause;
    return new ImageFailure("corrupt", "the archive is damaged at this file", { cause });
  } finally {
    source.destroy();
    budget.leftBytes -= sizeBytes + readBytes;
  }
}

const tooLarge = "the file is larger than any picture of allowed size";

/** How long the record with the sizes behind a file is, with or without signature, of 32 or 64 bits (section 4.3.9). */
async function descriptorBytes(file: FileHandle, at: number, measure: Measure): Promise<number> {
  const bytes = await readAt(file, at, 24);
  const start = bytes.length >= 4 && bytes.readUInt32LE(0) === signatures.descriptor ? 4 : 0;
  if (bytes.length < start + 12 || bytes.readUInt32LE(start) !== measure.crc32) return 0;
  const isWide =
    bytes.length >= start + 20 && bytes.readBigUInt64LE(start + 12) === BigInt(measure.sizeBytes);
  return start + (isWide ? 20 : 12);
}
