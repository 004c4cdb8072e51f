import { isUtf8 } from "node:buffer";
import type { Dirent } from "node:fs";
import { opendir, realpath, stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { errorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { escapedName } from "./escapedName.ts";
import { isHidden, isSkippedFolder, ownFolderMarker } from "./hiddenNames.ts";
import { ImageFailure } from "./imageFailure.ts";
import { outsideLink, type PlaceRule } from "./insideInputs.ts";
import type { NameSorter } from "./nameSorter.ts";
import { isPictureFile, kindByEnding, pictureFile } from "./pictureFile.ts";
import { failedUnit, type IgnoredFile, type Unit } from "./unit.ts";

/** How to search a folder. */
export interface SearchOptions {
  readonly signal?: AbortSignal | undefined;
  /** Where the names of a large folder are sorted; in memory when absent. */
  readonly openSorter?: (() => NameSorter) | undefined;
  /** So many names of one folder are sorted in memory. */
  readonly mostInMemory?: number | undefined;
  /** Saves the sorting where only the number of pictures matters. */
  readonly inAnyOrder?: boolean | undefined;
  /** Where links may lead; anywhere when absent. A link that leads elsewhere is a unit that fails. */
  readonly mayRead?: PlaceRule | undefined;
  /** Folders, without symbolic links, that are searched as well: links to what is found there are not followed. */
  readonly otherInputs?: readonly string[] | undefined;
  /** Folders that were walked, without symbolic links: shared by searches that must not find a folder twice. */
  readonly visited?: Set<string> | undefined;
}

/** One search of an input folder. */
interface Search extends SearchOptions {
  readonly input: string;
  /** All folders that are searched, without symbolic links. */
  readonly realInputs: readonly string[];
  readonly visited: Set<string>;
}

type EntryKind = "file" | "folder" | "link to folder";

/** A folder's name as it is sorted, byte by byte as the disk has it: a folder's ends in a slash. */
type FolderEntry = readonly [key: Uint8Array, kind: EntryKind];

type FoundEntry = FolderEntry | typeof ownFolderMarker | undefined;

const defaultMostInMemory = 10_000;

/**
 * All pictures of a folder and the folders in it, in the byte order of their paths; files of other kinds are handed
 * out as ignored, and so are folders below it whose pictures Clipbook made itself. Hidden files and folders are left alone.
 * A folder that is reached twice is walked once: under its own name where that lies in the input, else under the first link
 * to it. Files without an ending count when their first bytes are a picture's. A folder that cannot be searched is a unit
 * that fails.
 * @param shown how the folder is written in names, as `find` would print it
 * @throws UserError when the folder itself cannot be read
 */
export async function* findPictures(
  shown: string,
  options: SearchOptions = {},
): AsyncGenerator<Unit | IgnoredFile> {
  const input = shown.replace(/(?<=.)\/+$/, "");
  const realInput = await realpath(resolve(input)).catch((cause) => {
    throw unreadableInput(input, cause);
  });
  const { otherInputs = [], visited = new Set() } = options;
  yield* walk(input, false, { ...options, input, realInputs: [realInput, ...otherInputs], visited });
}

async function* walk(shown: string, isLink: boolean, search: Search): AsyncGenerator<Unit | IgnoredFile> {
  const { input, realInputs, visited, signal, mayRead } = search;
  const folder = resolve(shown);
  let entries: FolderEntries;
  let real: string;
  try {
    real = await realpath(folder);
    if (visited.has(real) || (isLink && realInputs.some((above) => isReachedByName(real, above)))) return;
    if (isLink && mayRead?.(real) === false) throw outsideLink();
    visited.add(real);
    entries = await readFolder(folder, search);
  } catch (cause) {
    if (cause instanceof ImageFailure) {
      yield failedUnit(shown, folder, 0, cause);
      return;
    }
    // What is no fault of the folder's, such as no room to sort its names.
    if (cause instanceof UserError) throw cause;
    const code = errorCode(cause);
    if (shown === input || code === "EMFILE" || code === "ENFILE") throw unreadableInput(input, cause);
    yield failedUnit(shown, folder, 0, folderFailure(cause));
    return;
  }
  if (entries.isOwn && shown !== input) {
    // Another search, in which it is the input, walks it.
    visited.delete(real);
    yield { ignored: shown, isOwnFolder: true };
    return;
  }
  const shownFolder = shown === "/" ? "/" : `${shown}/`;
  const realFolder = folder === sep ? sep : folder + sep;
  try {
    for (const [key, kind] of entries.list()) {
      signal?.throwIfAborted();
      const bytes = kind === "file" ? key : key.subarray(0, -1);
      const name = escapedName(bytes);
      if (!isUtf8(bytes)) yield await unreadableName(shownFolder + name, realFolder, bytes, kind);
      else if (kind !== "file") yield* walk(shownFolder + name, kind === "link to folder", search);
      else {
        const file = fileOf(shownFolder + name, realFolder + name, mayRead);
        yield file instanceof Promise ? await file : file;
      }
    }
  } finally {
    entries.close();
  }
}

/** A folder's visible entries, in the byte order of the paths below them. */
interface FolderEntries {
  /** Whether Clipbook made the pictures in it. */
  readonly isOwn: boolean;
  list(): Iterable<FolderEntry>;
  close(): void;
}

async function readFolder(
  folder: string,
  { openSorter, inAnyOrder, mostInMemory = defaultMostInMemory }: Search,
): Promise<FolderEntries> {
  const parent = Buffer.from(folder === sep ? sep : folder + sep);
  const gathered: FolderEntry[] = [];
  let sorter: NameSorter | undefined;
  let isOwn = false;
  try {
    // Piece by piece: a folder may have a million files.
    const names = await opendir(folder, { encoding: "buffer" as never, bufferSize: 1024 });
    for await (const entry of names as AsyncIterable<Dirent<Buffer>>) {
      const looked = entryOf(entry, parent);
      const found = looked instanceof Promise ? await looked : looked;
      if (found === ownFolderMarker) isOwn = true;
      else if (found !== undefined) gathered.push(found);
      if (gathered.length < mostInMemory || openSorter === undefined) continue;
      sorter ??= openSorter();
      sorter.add(gathered.splice(0));
    }
    sorter?.add(gathered.splice(0));
  } catch (error) {
    sorter?.close();
    throw error;
  }
  return {
    isOwn,
    list: () => {
      if (sorter) return (inAnyOrder ? sorter.unsorted() : sorter.sorted()) as Iterable<FolderEntry>;
      return inAnyOrder ? gathered : gathered.sort(([a], [b]) => Buffer.compare(a, b));
    },
    close: () => sorter?.close(),
  };
}

/** What counts of a folder's entry, undefined for a hidden one; a promise only where a link has to be followed. */
function entryOf(entry: Dirent<Buffer>, parent: Buffer): FoundEntry | Promise<FoundEntry> {
  const name = entry.name.toString();
  if (name === ownFolderMarker) return ownFolderMarker;
  if (isHidden(name)) return undefined;
  if (!entry.isSymbolicLink()) return keyOf(entry.name, name, entry.isDirectory() ? "folder" : "file");
  return pointsToFolder(Buffer.concat([parent, entry.name])).then((isFolder) =>
    keyOf(entry.name, name, isFolder ? "link to folder" : "file"),
  );
}

function keyOf(bytes: Buffer, name: string, kind: EntryKind): FolderEntry | undefined {
  if (kind === "file") return [bytes, kind];
  return isSkippedFolder(name) ? undefined : [Buffer.concat([bytes, Buffer.from("/")]), kind];
}

/** A link whose target cannot be looked at is a file: reading it tells what is wrong. */
async function pointsToFolder(path: Buffer): Promise<boolean> {
  return stat(path).then(
    (target) => target.isDirectory(),
    () => false,
  );
}

/** Whether the search comes by a folder without following a link to it. Both paths are free of symbolic links. */
function isReachedByName(real: string, realInput: string): boolean {
  const path = relative(realInput, real);
  if (path === "") return true;
  return path.split(sep).every((name) => name !== ".." && !isSkippedFolder(name));
}

/** Without a promise where the ending tells: of a million files nearly all have one. */
function fileOf(
  shown: string,
  path: string,
  mayRead: PlaceRule | undefined,
): Unit | IgnoredFile | Promise<Unit | IgnoredFile> {
  const kind = kindByEnding(shown);
  if (kind === "picture") return pictureFile(shown, path, 0, mayRead);
  if (kind === "other") return { ignored: shown };
  return isPictureFile(shown, path, mayRead).then((is) =>
    is ? pictureFile(shown, path, 0, mayRead) : { ignored: shown },
  );
}

/** The study keeps paths as text, which cannot hold such a name. */
async function unreadableName(
  shown: string,
  folder: string,
  name: Uint8Array,
  kind: EntryKind,
): Promise<Unit | IgnoredFile> {
  const what = kind === "file" ? "file" : "folder";
  const path = Buffer.concat([Buffer.from(folder), name]);
  if (kind === "file" && !(await isPictureFile(shown, path))) return { ignored: shown };
  const failure = new ImageFailure("unreadable_name", `the ${what}'s name is not UTF-8: rename it`);
  return failedUnit(shown, resolve(shown), 0, failure);
}

/** The failure for a folder that cannot be searched; an error that is not about this one folder is thrown on. */
function folderFailure(cause: unknown): ImageFailure {
  switch (errorCode(cause)) {
    case "EACCES":
    case "EPERM":
      return new ImageFailure("permission_denied", "the folder may not be read", { cause });
    case "ENOENT":
    case "ENOTDIR":
      return new ImageFailure("missing_file", "the folder went away while it was searched", { cause });
    case "ENAMETOOLONG":
      return new ImageFailure("unreadable_name", "the folder's path is too long for the system", { cause });
    case "EIO":
      return new ImageFailure("corrupt", "the disk reports a read error in this folder", { cause });
    case "ELOOP":
      return new ImageFailure("symlink_loop", "the symbolic links go round in a circle", { cause });
    case "ESTALE":
      return new ImageFailure("missing_file", "the folder went away while it was searched", { cause });
    case "ETIMEDOUT":
      return new ImageFailure("timeout", "the disk or network drive did not answer", { cause });
    default:
      throw cause;
  }
}

function unreadableInput(input: string, cause: unknown): UserError {
  const code = errorCode(cause);
  const reason = code === undefined ? "" : ` (${code})`;
  return new UserError(`${input}: the folder cannot be read${reason}`, {
    hint:
      code === "EMFILE" || code === "ENFILE"
        ? "too many files are open at the same time: allow more (ulimit -n)"
        : "check its name and rights",
    cause,
  });
}
