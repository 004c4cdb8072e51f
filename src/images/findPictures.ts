import { lstat, open, opendir, realpath } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { ImageFailure } from "./imageFailure.ts";
import { imageFileState, readImageFile } from "./readImageFile.ts";
import { sniffFormat } from "./sniffFormat.ts";
import { failedUnit, type IgnoredFile, type Unit } from "./unit.ts";

/** Endings under which pictures go, whether Clipbook reads them or not: such a file gets a row in any case. */
const pictureEndings = new Set(
  (
    "jpg jpeg jpe jfif pjpeg png apng webp gif tif tiff bmp dib avif heic heif hif jxl jp2 j2k jpx psd svg ico " +
    "raw dng cr2 cr3 nef arw orf rw2 raf"
  )
    .split(" ")
    .map((ending) => `.${ending}`),
);

/** Folders that hold a program's files, not a researcher's pictures. */
const skippedFolders = new Set(["node_modules", "__pycache__", "__MACOSX"]);

/**
 * All pictures of a folder and the folders in it, in the byte order of their paths; files of other kinds are handed
 * out as ignored. Hidden files and folders are left alone, a folder that is reached twice is walked once. Files without
 * an ending count when their first bytes are a picture's.
 * @param shown how the folder is written in names, as `find` would print it
 * @throws UserError when the folder cannot be read
 */
export async function* findPictures(shown: string, signal?: AbortSignal): AsyncGenerator<Unit | IgnoredFile> {
  yield* walk(shown.replace(/(?<=.)\/+$/, ""), new Set(), signal, true);
}

async function* walk(
  shown: string,
  visited: Set<string>,
  signal: AbortSignal | undefined,
  isInput: boolean,
): AsyncGenerator<Unit | IgnoredFile> {
  const folder = resolve(shown);
  const real = await realpath(folder).catch((cause) => cause as Error);
  if (real instanceof Error || visited.has(real)) return;
  visited.add(real);
  const entries = await readFolder(folder).catch((cause) => cause as Error);
  if (entries instanceof Error) {
    if (isInput) {
      throw new UserError(`${shown}: the folder cannot be read`, {
        hint: "check its name and rights",
        cause: entries,
      });
    }
    const failure = new ImageFailure("permission_denied", "the folder may not be read", { cause: entries });
    yield failedUnit(shown, folder, 0, failure);
    return;
  }
  for (const { name, isFolder } of entries) {
    signal?.throwIfAborted();
    const path = join(folder, name);
    const shownPath = shown === "/" ? `/${name}` : `${shown}/${name}`;
    if (isFolder) yield* walk(shownPath, visited, signal, false);
    else yield await fileOf(shownPath, path);
  }
}

/** Visible entries in the byte order of the paths below them: a folder sorts as if its name ended in a slash. */
async function readFolder(folder: string): Promise<readonly { name: string; isFolder: boolean }[]> {
  const entries: { name: string; isFolder: boolean; key: Buffer }[] = [];
  for await (const entry of await opendir(folder, { bufferSize: 256 })) {
    if (entry.name.startsWith(".")) continue;
    const isFolder = entry.isSymbolicLink()
      ? await pointsToFolder(join(folder, entry.name))
      : entry.isDirectory();
    if (isFolder && skippedFolders.has(entry.name)) continue;
    entries.push({ name: entry.name, isFolder, key: Buffer.from(isFolder ? `${entry.name}/` : entry.name) });
  }
  return entries.sort((a, b) => Buffer.compare(a.key, b.key));
}

async function pointsToFolder(path: string): Promise<boolean> {
  return opendir(path).then(
    async (folder) => {
      await folder.close();
      return true;
    },
    () => false,
  );
}

async function fileOf(shown: string, path: string): Promise<Unit | IgnoredFile> {
  const ending = extname(shown).toLowerCase();
  if (pictureEndings.has(ending)) return pictureFile(shown, path);
  if (ending === "" && (await beginsLikePicture(path))) return pictureFile(shown, path);
  return { ignored: shown };
}

/** Whether a file without an ending is a picture by its first bytes; one that cannot be looked into is not. */
async function beginsLikePicture(path: string): Promise<boolean> {
  const entry = await lstat(path).catch(() => undefined);
  if (!entry?.isFile()) return false;
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return sniffFormat(buffer.subarray(0, bytesRead)).kind === "decodable";
  } finally {
    await file.close();
  }
}

/** The unit of one image file. @param shown its name in the results table */
export function pictureFile(shown: string, path: string, rowNumber = 0): Unit {
  return {
    name: shown,
    path,
    rowNumber,
    fileState: () => imageFileState(path),
    read: () => readImageFile(path),
  };
}

/** Whether a path has an ending under which pictures go. */
export function looksLikePicture(path: string): boolean {
  return pictureEndings.has(extname(basename(path)).toLowerCase());
}
