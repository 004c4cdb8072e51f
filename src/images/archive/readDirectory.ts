import type { FileHandle } from "node:fs/promises";
import { UserError } from "../../errors.ts";
import { ImageFailure } from "../imageFailure.ts";
import { entryName } from "./entryName.ts";
import { extraFields, wideNumbers } from "./extraFields.ts";
import { readAt } from "./readAt.ts";
import { entryFlags, mostEntries, signatures, type ZipEntry } from "./zipEntry.ts";

/** Directories beyond this are refused: that of a million files with names of 400 bytes is smaller. */
const mostDirectoryBytes = 500_000_000;

/** How far from the file's end the end record is looked for: its comment and as much that somebody appended. */
const endSearchBytes = 2 * 65_535 + 22;

/** So many places that look like an end record are tried. */
const mostTries = 16;

/** Kinds of file in the upper half of the external attributes, as Unix writes them (stat.h: S_IFMT). */
const unixKind = { mask: 0xf000, link: 0xa000, regular: 0x8000, folder: 0x4000 };

/** Where a directory lies, and by how much all its places are off: programs are put in front of archives. */
interface Place {
  readonly start: number;
  readonly bytes: number;
  readonly shift: number;
  /** Modulo 65,536 where the archive is not ZIP64. */
  readonly count: number;
  readonly isWide: boolean;
}

/**
 * The files that an archive's central directory lists (APPNOTE section 4.3.12); undefined where there is no whole one.
 * @throws UserError for one part of several, and beyond the limits
 */
export async function maybeReadDirectory(
  file: FileHandle,
  fileBytes: number,
): Promise<readonly ZipEntry[] | undefined> {
  const tailAt = Math.max(0, fileBytes - endSearchBytes);
  const tail = await readAt(file, tailAt, fileBytes - tailAt);
  let tries = 0;
  for (let at = tail.length - 22; at >= 0 && tries < mostTries; at -= 1) {
    if (tail.readUInt32LE(at) !== signatures.end) continue;
    tries += 1;
    const place = await maybePlace(file, tail.subarray(at), tailAt + at);
    const entries = place && (await maybeEntries(file, place, fileBytes));
    if (entries !== undefined) return entries;
  }
  return undefined;
}

async function maybePlace(file: FileHandle, end: Buffer, endAt: number): Promise<Place | undefined> {
  if (end.readUInt16LE(20) > end.length - 22) return undefined;
  const locator = await readAt(file, Math.max(0, endAt - 20), 20);
  const isWide = endAt >= 20 && locator.readUInt32LE(0) === signatures.end64Locator;
  if (!isWide) {
    requireOnePart(end.readUInt16LE(4));
    const [count, bytes, offset] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
    return maybeDirectoryAt(file, { count, bytes, offset, endAt, isWide });
  }
  // Where something was put in front of the archive the locator is off; the record mostly has its shortest form.
  for (const at of [Number(locator.readBigUInt64LE(8)), endAt - 20 - 56]) {
    if (!Number.isSafeInteger(at) || at < 0) continue;
    const wide = await readAt(file, at, 56);
    if (wide.length < 56 || wide.readUInt32LE(0) !== signatures.end64) continue;
    requireOnePart(wide.readUInt32LE(16));
    const [count, bytes, offset] = [32, 40, 48].map((field) => Number(wide.readBigUInt64LE(field)));
    return maybeDirectoryAt(file, {
      count: count as number,
      bytes: bytes as number,
      offset: offset as number,
      endAt: at,
      isWide,
    });
  }
  return undefined;
}

function requireOnePart(disk: number): void {
  if (disk !== 0 && disk !== 0xffff) throw new UserError("it is one part of several: join them first");
}

async function maybeDirectoryAt(
  file: FileHandle,
  { count, bytes, offset, endAt, isWide }: Omit<Place, "start" | "shift"> & { offset: number; endAt: number },
): Promise<Place | undefined> {
  if (count === 0 && bytes === 0) return { start: endAt, bytes, shift: 0, count, isWide };
  for (const start of [endAt - bytes, offset]) {
    if (!Number.isSafeInteger(start) || start < 0 || start + bytes > endAt) continue;
    const head = await readAt(file, start, 4);
    if (head.length < 4 || head.readUInt32LE(0) !== signatures.directoryHeader) continue;
    return { start, bytes, shift: start - offset, count, isWide };
  }
  return undefined;
}

async function maybeEntries(
  file: FileHandle,
  { start, bytes, shift, count, isWide }: Place,
  fileBytes: number,
): Promise<readonly ZipEntry[] | undefined> {
  if (bytes > mostDirectoryBytes) throw tooMany();
  const directory = await readAt(file, start, bytes);
  let headers = 0;
  for (const _ of headersOf(directory)) headers += 1;
  if (headers > mostEntries) throw tooMany();
  if ((isWide ? headers : headers % 65_536) !== count) return undefined;
  const entries: ZipEntry[] = [];
  for (const [from, to] of headersOf(directory)) {
    const entry = entryOf(directory.subarray(from, to), shift, Math.min(start, fileBytes));
    // Folders are entries too.
    if (!entry.name.endsWith("/")) entries.push(entry);
  }
  return withoutOverlaps(entries);
}

function* headersOf(directory: Buffer): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from + 46 <= directory.length; ) {
    if (directory.readUInt32LE(from) !== signatures.directoryHeader) return;
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(from + field));
    const to = from + 46 + (name as number) + (extra as number) + (comment as number);
    if (to > directory.length) return;
    yield [from, to];
    from = to;
  }
}

function tooMany(): UserError {
  return new UserError("it has more than a million files: unpack it");
}

/** @param header an entry of the directory @param dataEnd where the directory begins: nothing of a file lies behind it */
function entryOf(header: Buffer, shift: number, dataEnd: number): ZipEntry {
  const flags = header.readUInt16LE(8);
  const nameEnd = 46 + header.readUInt16LE(28);
  const extra = header.subarray(nameEnd, nameEnd + header.readUInt16LE(30));
  const nameBytes = header.subarray(46, nameEnd);
  const { name, failure } = entryName(nameBytes, (flags & entryFlags.utf8) !== 0, extraFields(extra));
  const numbers = wideNumbers(
    [24, 20, 42].map((field) => header.readUInt32LE(field)),
    extra,
  ) ?? [0, 0, -1];
  const [sizeBytes, packedBytes, offset] = numbers as [number, number, number];
  const headerAt = offset + shift;
  const isInside = offset >= 0 && headerAt >= 0 && headerAt + 30 + nameBytes.length + packedBytes <= dataEnd;
  const fault =
    failure ?? maybeKindFailure(header.readUInt32LE(38) >>> 16) ?? (isInside ? undefined : damaged());
  return {
    name,
    failure: fault,
    flags,
    method: header.readUInt16LE(10),
    crc32: header.readUInt32LE(16),
    packedBytes,
    sizeBytes,
    headerAt,
  };
}

function maybeKindFailure(mode: number): ImageFailure | undefined {
  const kind = mode & unixKind.mask;
  if (kind === unixKind.link) {
    return new ImageFailure("not_a_regular_file", "this is a symbolic link inside an archive");
  }
  if (kind === 0 || kind === unixKind.regular || kind === unixKind.folder) return undefined;
  return new ImageFailure("not_a_regular_file", "this is no file but a pipe, a device or a folder");
}

function damaged(): ImageFailure {
  return new ImageFailure("corrupt", "the archive is damaged at this file");
}

/** Files that share bytes fail: so small archives claim to hold petabytes (Fifield 2019, "A better zip bomb"). */
function withoutOverlaps(entries: readonly ZipEntry[]): readonly ZipEntry[] {
  const inOrder = entries.filter(({ headerAt }) => headerAt >= 0).sort((a, b) => a.headerAt - b.headerAt);
  const overlapping = new Set<ZipEntry>();
  let before: ZipEntry | undefined;
  let end = 0;
  for (const entry of inOrder) {
    if (before !== undefined && entry.headerAt < end) overlapping.add(before).add(entry);
    const entryEnd = entry.headerAt + 30 + entry.packedBytes;
    if (entryEnd < end) continue;
    before = entry;
    end = entryEnd;
  }
  if (overlapping.size === 0) return entries;
  const failure = new ImageFailure("corrupt", "in the archive this file shares its bytes with another one");
  return entries.map((entry) => (overlapping.has(entry) ? { ...entry, failure } : entry));
}
