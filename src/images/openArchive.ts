import { type BigIntStats, constants, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { posix } from "node:path";
import { UserError } from "../errors.ts";
import { maybeReadDirectory } from "./archive/readDirectory.ts";
import { readEntry, readEntryStart } from "./archive/readEntry.ts";
import { recoverEntries } from "./archive/recoverEntries.ts";
import type { ZipEntry } from "./archive/zipEntry.ts";
import { fileFailure } from "./fileFailure.ts";
import { ImageFailure } from "./imageFailure.ts";
import type { ImageFileState } from "./readImageFile.ts";

/** A ZIP archive whose files are read one by one into memory; nothing is unpacked to disk, and nothing is kept open. */
export interface Archive {
  /** The files inside, in the byte order of their names. Of several with one name all but the last fail. */
  readonly files: readonly ZipEntry[];
  /** What is wrong with the archive as a whole, where not all of it could be read. */
  readonly problem: ImageFailure | undefined;
  /** The file with a name; else the only one whose name differs but by the form of its letters (NFC, NFD) or a `./`. */
  maybeFile(name: string): ZipEntry | undefined;
  /** @throws ImageFailure where the file cannot be read */
  fileState(file: ZipEntry): ImageFileState;
  /** @throws ImageFailure `empty_file`, `corrupt`, `unsupported_format`, `too_many_pixels`, `changed_during_read`, `missing_file` */
  read(file: ZipEntry): Promise<Buffer>;
  /** The first `count` bytes of a file, fewer if it is shorter. @throws ImageFailure as `read` does */
  readStart(file: ZipEntry, count: number): Promise<Buffer>;
}

/**
 * Opens a ZIP archive and reads its list of files. Of one that was cut off, or whose list is damaged, the files are found
 * by what stands before each of them.
 * @throws UserError for a file that is no ZIP archive, and for one with more than a million files
 */
export async function openArchive(path: string): Promise<Archive> {
  // Taken before: what is replaced from here on keeps an older time than it has, and is read again by the next run.
  const state = stateOf(path);
  const { files, problem } = await withFile(path, (file) => listFiles(file, Number(state.size))).catch(
    (cause) => {
      throw unreadable(path, cause);
    },
  );
  const lastOf = new Map(files.map((file) => [file.name, file]));
  let byForm: Map<string, ZipEntry | undefined> | undefined;
  const read = <To>(work: (file: FileHandle) => Promise<To>) =>
    reading(path, async (file) => {
      const now = await file.stat({ bigint: true });
      const isSame =
        now.ino === state.ino &&
        now.dev === state.dev &&
        now.size === state.size &&
        now.mtimeNs === state.mtimeNs;
      if (isSame) return work(file);
      throw new ImageFailure("changed_during_read", "the archive changed since its list of files was read");
    });
  return {
    files: sorted(files, lastOf),
    problem,
    maybeFile: (name) => {
      const file = lastOf.get(name);
      if (file !== undefined) return file;
      byForm ??= filesByForm(lastOf.values());
      return byForm.get(formOf(name));
    },
    fileState: ({ failure, sizeBytes }) => {
      if (failure !== undefined) throw failure;
      return { sizeBytes, modifiedNs: state.mtimeNs };
    },
    read: (entry) => read((file) => readEntry(file, entry)),
    readStart: (entry, count) => read((file) => readEntryStart(file, entry, count)),
  };
}

function stateOf(path: string): BigIntStats {
  let state: BigIntStats;
  try {
    state = statSync(path, { bigint: true });
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (!state.isFile()) throw unreadable(path, new Error("it is not a regular file"));
  return state;
}

async function withFile<To>(path: string, work: (file: FileHandle) => Promise<To>): Promise<To> {
  // O_NONBLOCK: a FIFO that took the archive's place must not block the open for ever.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

async function reading<To>(path: string, work: (file: FileHandle) => Promise<To>): Promise<To> {
  return withFile(path, work).catch((error) => {
    throw error instanceof ImageFailure ? error : fileFailure(error);
  });
}

async function listFiles(file: FileHandle, fileBytes: number): Promise<Pick<Archive, "files" | "problem">> {
  const listed = await maybeReadDirectory(file, fileBytes);
  if (listed !== undefined) return { files: listed, problem: undefined };
  const files = await recoverEntries(file, fileBytes);
  if (files.length === 0) throw new Error("it is no ZIP archive, or its beginning and its end are lost");
  const whole = files.filter(({ failure }) => failure === undefined).length;
  const problem = new ImageFailure(
    "truncated",
    `the archive ends early or is damaged: ${whole} ${whole === 1 ? "file" : "files"} in it could be read`,
  );
  return { files, problem };
}

/** In byte order; those that another file of the same name takes the place of in unpacking fail. */
function sorted(files: readonly ZipEntry[], lastOf: ReadonlyMap<string, ZipEntry>): readonly ZipEntry[] {
  const failure = new ImageFailure(
    "unreadable_name",
    "a later file of the archive has the same name, and only that one is read",
  );
  const keyed = files.map((file): readonly [Buffer, ZipEntry] => [
    Buffer.from(file.name),
    lastOf.get(file.name) === file ? file : { ...file, failure },
  ]);
  return keyed.sort(([a], [b]) => Buffer.compare(a, b)).map(([, file]) => file);
}

function formOf(name: string): string {
  return posix.normalize(name).normalize("NFC");
}

/** Undefined for a form that several files have: none of them is meant more than the others. */
function filesByForm(files: Iterable<ZipEntry>): Map<string, ZipEntry | undefined> {
  const byForm = new Map<string, ZipEntry | undefined>();
  for (const file of files) {
    const form = formOf(file.name);
    byForm.set(form, byForm.has(form) ? undefined : file);
  }
  return byForm;
}

function unreadable(path: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError(`${path}: this archive cannot be read: ${reason}`, {
    hint: "check that it was downloaded whole, or unpack it and give the folder",
    cause,
  });
}
