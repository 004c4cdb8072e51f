import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { findPictures, type SearchOptions } from "./findPictures.ts";
import { isLeftAlone } from "./hiddenNames.ts";
import { ImageFailure } from "./imageFailure.ts";
import type { PlaceRule } from "./insideInputs.ts";
import { type Archive, openArchive } from "./openArchive.ts";
import { headBytes, kindByEnding, pictureFile } from "./pictureFile.ts";
import { sniffFormat } from "./sniffFormat.ts";
import type { IgnoredFile, Unit } from "./unit.ts";

/** Finds and reads units of every kind, and keeps archives open while it lives. */
export interface UnitReader {
  /** The pictures of a folder, an archive or a single file. @throws UserError when it cannot be read */
  unitsOf(
    input: string,
    kind: "folder" | "archive" | "file",
    options?: Omit<SearchOptions, "openSorter">,
  ): AsyncIterable<Unit | IgnoredFile>;
  /** Whether there is a file at a path; inside an archive: whether there is such an archive. */
  exists(path: string): Promise<boolean>;
  /** The unit at an absolute path, also `archive.zip!/entry`. @param shown its name in the results table */
  unitAt(shown: string, path: string, rowNumber: number): Promise<Unit>;
  /** Bytes of a unit by its path, also `archive.zip!/entry`. @throws ImageFailure */
  read(path: string): Promise<Buffer>;
  close(): Promise<void>;
}

/** A reader without open archives. @param openSorter where the names of large folders are sorted; in memory when absent */
export function openUnitReader(openSorter?: SearchOptions["openSorter"]): UnitReader {
  const archives = new Map<string, Promise<Archive>>();
  const archiveAt = (path: string) => {
    const open = archives.get(path) ?? openArchive(path);
    archives.set(path, open);
    // One that is put back, or whole again, can be read then.
    open.catch(() => archives.delete(path));
    return open;
  };
  const unitAt = async (shown: string, path: string, rowNumber: number): Promise<Unit> => {
    const place = await maybeInsideArchive(path);
    if (place === undefined) return pictureFile(shown, path, rowNumber);
    const archive = () =>
      // As an input it would end the run; a single image of it is a unit that fails.
      archiveAt(place.archive).catch((cause) => {
        if (!(cause instanceof UserError)) throw cause;
        throw new ImageFailure("missing_file", "its archive cannot be read", { cause });
      });
    return {
      name: shown,
      path,
      rowNumber,
      fileState: async () => (await archive()).fileState(place.entry),
      read: async () => (await archive()).read(place.entry),
    };
  };
  return {
    unitsOf: (input, kind, options) => {
      if (kind === "folder") return findPictures(input, { ...options, openSorter });
      return kind === "archive" ? archivePictures(input, archiveAt) : oneFile(input, options?.mayRead);
    },
    exists: async (path) => exists((await maybeInsideArchive(path))?.archive ?? path),
    unitAt,
    read: async (path) => (await unitAt(path, path, 0)).read(),
    close: async () => {
      for (const archive of archives.values()) {
        // One that could not be opened has said so already, and there is nothing to close.
        await archive.then(
          (open) => open.close(),
          () => undefined,
        );
      }
      archives.clear();
    },
  };
}

/** Where an archive's path ends and a name inside it begins, unless a folder on the disk is called `x.zip!`. */
async function maybeInsideArchive(path: string): Promise<{ archive: string; entry: string } | undefined> {
  const found = /^(.*?\.zip)!\/(.+)$/is.exec(path);
  if (found === null || (await exists(path))) return undefined;
  return { archive: found[1] as string, entry: found[2] as string };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function* oneFile(shown: string, mayRead: PlaceRule | undefined): AsyncGenerator<Unit> {
  yield pictureFile(shown, resolve(shown), 0, mayRead);
}

async function* archivePictures(
  shown: string,
  archiveAt: (path: string) => Promise<Archive>,
): AsyncGenerator<Unit | IgnoredFile> {
  const path = resolve(shown);
  const archive = await archiveAt(path);
  for (const name of archive.names) {
    if (isLeftAlone(name.split("/"))) continue;
    if (!(await isPicture(archive, name))) {
      yield { ignored: `${shown}!/${name}` };
      continue;
    }
    yield {
      name: `${shown}!/${name}`,
      path: `${path}!/${name}`,
      rowNumber: 0,
      fileState: async () => archive.fileState(name),
      read: () => archive.read(name),
    };
  }
}

/** As in folders: by its ending, else by its first bytes. */
async function isPicture(archive: Archive, name: string): Promise<boolean> {
  const kind = kindByEnding(name);
  if (kind !== "unknown") return kind === "picture";
  try {
    return sniffFormat(await archive.readStart(name, headBytes)).kind === "decodable";
  } catch (error) {
    if (error instanceof ImageFailure) return false;
    throw error;
  }
}
