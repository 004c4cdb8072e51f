import { isUtf8 } from "node:buffer";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { errorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { isHidden, isSkippedFolder } from "./hiddenNames.ts";
import { ImageFailure } from "./imageFailure.ts";
import { isPictureFile, pictureFile } from "./pictureFile.ts";
import { failedUnit, type IgnoredFile, type Unit } from "./unit.ts";

/** One search of an input folder. */
interface Search {
  readonly input: string;
  /** The input without symbolic links. */
  readonly realInput: string;
  /** Folders that were walked, without symbolic links. */
  readonly visited: Set<string>;
  readonly signal: AbortSignal | undefined;
}

interface FolderEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link to folder";
  /** The whole path, byte by byte as the disk has it. */
  readonly path: Buffer;
  readonly sortKey: Buffer;
}

/**
 * All pictures of a folder and the folders in it, in the byte order of their paths; files of other kinds are handed
 * out as ignored. Hidden files and folders are left alone. A folder that is reached twice is walked once: under its own
 * name where that lies in the input, else under the first link to it. Files without an ending count when their first
 * bytes are a picture's. A folder that cannot be searched is a unit that fails.
 * @param shown how the folder is written in names, as `find` would print it
 * @throws UserError when the folder itself cannot be read
 */
export async function* findPictures(shown: string, signal?: AbortSignal): AsyncGenerator<Unit | IgnoredFile> {
  const input = shown.replace(/(?<=.)\/+$/, "");
  const realInput = await realpath(resolve(input)).catch((cause) => {
    throw unreadableInput(input, cause);
  });
  yield* walk(input, false, { input, realInput, visited: new Set(), signal });
}

async function* walk(shown: string, isLink: boolean, search: Search): AsyncGenerator<Unit | IgnoredFile> {
  const { input, realInput, visited, signal } = search;
  const folder = resolve(shown);
  let entries: readonly FolderEntry[];
  try {
    const real = await realpath(folder);
    if (visited.has(real) || (isLink && isReachedByName(real, realInput))) return;
    visited.add(real);
    entries = await readFolder(folder);
  } catch (cause) {
    if (shown === input) throw unreadableInput(input, cause);
    yield failedUnit(shown, folder, 0, folderFailure(cause));
    return;
  }
  for (const entry of entries) {
    signal?.throwIfAborted();
    const shownPath = shown === "/" ? `/${entry.name}` : `${shown}/${entry.name}`;
    if (!isUtf8(entry.path)) yield await unreadableName(shownPath, entry);
    else if (entry.kind !== "file") yield* walk(shownPath, entry.kind === "link to folder", search);
    else yield await fileOf(shownPath, join(folder, entry.name));
  }
}

/** Visible entries in the byte order of the paths below them: a folder sorts as if its name ended in a slash. */
async function readFolder(folder: string): Promise<readonly FolderEntry[]> {
  const entries: FolderEntry[] = [];
  const parent = Buffer.from(folder === sep ? sep : folder + sep);
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: "buffer" })) {
    const name = entry.name.toString();
    if (isHidden(name)) continue;
    const path = Buffer.concat([parent, entry.name]);
    const isLinked = entry.isSymbolicLink() && (await pointsToFolder(path));
    const kind = isLinked ? "link to folder" : entry.isDirectory() ? "folder" : "file";
    if (kind !== "file" && isSkippedFolder(name)) continue;
    const sortKey = kind === "file" ? entry.name : Buffer.concat([entry.name, Buffer.from("/")]);
    entries.push({ name, kind, path, sortKey });
  }
  return entries.sort((a, b) => Buffer.compare(a.sortKey, b.sortKey));
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

async function fileOf(shown: string, path: string): Promise<Unit | IgnoredFile> {
  return (await isPictureFile(shown, path)) ? pictureFile(shown, path) : { ignored: shown };
}

/** Node cannot reach such a file by its text, and two of them may even read the same. */
async function unreadableName(shown: string, { kind, path }: FolderEntry): Promise<Unit | IgnoredFile> {
  const what = kind === "file" ? "file" : "folder";
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
    default:
      throw cause;
  }
}

function unreadableInput(input: string, cause: unknown): UserError {
  const code = errorCode(cause);
  const reason = code === undefined ? "" : ` (${code})`;
  return new UserError(`${input}: the folder cannot be read${reason}`, {
    hint: "check its name and rights",
    cause,
  });
}
