import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import type { ZipEntry } from "./archive/zipEntry.ts";
import { findPictures, type SearchOptions } from "./findPictures.ts";
import { isLeftAlone } from "./hiddenNames.ts";
import { ImageFailure } from "./imageFailure.ts";
import type { PlaceRule } from "./insideInputs.ts";
import { type Archive, openArchive } from "./openArchive.ts";
import { pathExists } from "./pathExists.ts";
import { openPathMatcher } from "./pathMatcher.ts";
import { headBytes, isPictureByBytes, kindByEnding, pictureFile } from "./pictureFile.ts";
import { failedUnit, type IgnoredFile, type Unit } from "./unit.ts";

/** Finds and reads units of every kind, and keeps the lists of archives while it lives. */
export interface UnitReader {
  /** The pictures of a folder, an archive or a single file. @throws UserError when it cannot be read */
  unitsOf(
    input: string,
    kind: "folder" | "archive" | "file",
    options?: Omit<SearchOptions, "openSorter">,
  ): AsyncIterable<Unit | IgnoredFile>;
  /** Whether there is a file at a path; inside an archive: whether there is such an archive. */
  exists(path: string): Promise<boolean>;
  /** The one existing path that differs from this one but by the form of its letters (NFC, NFD), if any. */
  maybeMatch(path: string): Promise<string | undefined>;
  /** The unit at an absolute path, also `archive.zip!/entry`. @param shown its name in the results table */
  unitAt(shown: string, path: string, rowNumber: number): Promise<Unit>;
  close(): Promise<void>;
}

/** The lists of so many archives are kept; a table may name any number of them. */
const mostArchives = 64;

/** A reader without open archives. @param openSorter where the names of large folders are sorted; in memory when absent */
export function openUnitReader(openSorter?: SearchOptions["openSorter"]): UnitReader {
  const archives = new Map<string, Promise<Archive>>();
  const matchPath = openPathMatcher();
  const archiveAt = (path: string) => {
    const open = archives.get(path) ?? openArchive(path);
    // Again at the end: the first one is the one that was not asked for longest.
    archives.delete(path);
    archives.set(path, open);
    for (const oldest of archives.keys()) {
      if (archives.size <= mostArchives) break;
      archives.delete(oldest);
    }
    // One that is put back, or whole again, can be read then.
    open.catch(() => archives.delete(path));
    return open;
  };
  const unitAt = async (shown: string, path: string, rowNumber: number): Promise<Unit> => {
    const place = await maybeInsideArchive(path);
    if (place === undefined) return pictureFile(shown, path, rowNumber);
    const inArchive = async <To>(
      work: (archive: Archive, file: ZipEntry) => To | Promise<To>,
    ): Promise<To> => {
      // As an input it would end the run; a single image of it is a unit that fails.
      const archive = await archiveAt(place.archive).catch((cause) => {
        if (!(cause instanceof UserError)) throw cause;
        throw new ImageFailure("missing_file", "its archive cannot be read", { cause });
      });
      const file = archive.maybeFile(place.entry);
      if (file === undefined) throw new ImageFailure("missing_file", "the archive has no such file");
      return work(archive, file);
    };
    return {
      name: shown,
      path,
      rowNumber,
      fileState: () => inArchive((archive, file) => archive.fileState(file)),
      read: () =>
        inArchive((archive, file) => archive.read(file)).catch((error) => {
          // Its list is read anew when it is asked for again.
          if (isChanged(error)) archives.delete(place.archive);
          throw error;
        }),
    };
  };
  return {
    unitsOf: (input, kind, options) => {
      if (kind === "folder") return findPictures(input, { ...options, openSorter });
      return kind === "archive" ? archivePictures(input, archiveAt) : oneFile(input, options?.mayRead);
    },
    exists: async (path) => pathExists((await maybeInsideArchive(path))?.archive ?? path),
    maybeMatch: async (path) => {
      const place = splitAtArchive(path);
      const archive = place && (await matchPath(place.archive));
      return archive === undefined ? matchPath(path) : `${archive}!/${place?.entry}`;
    },
    unitAt,
    close: async () => archives.clear(),
  };
}

function isChanged(error: unknown): boolean {
  return error instanceof ImageFailure && error.code === "changed_during_read";
}

/** Where an archive's path ends and a name inside it begins, unless a folder on the disk is called `x.zip!`. */
async function maybeInsideArchive(path: string): Promise<{ archive: string; entry: string } | undefined> {
  const place = splitAtArchive(path);
  return place === undefined || (await pathExists(path)) ? undefined : place;
}

function splitAtArchive(path: string): { archive: string; entry: string } | undefined {
  const found = /^(.*?\.zip)!\/(.+)$/is.exec(path);
  return found === null ? undefined : { archive: found[1] as string, entry: found[2] as string };
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
  if (archive.problem !== undefined) yield failedUnit(shown, path, 0, archive.problem);
  for (const file of archive.files) {
    const { name } = file;
    // A name may begin with ./, which hides nothing; one with backslashes fails.
    if (isLeftAlone(name.split(/[/\\]/).filter((part) => !/^\.{0,2}$/.test(part)))) continue;
    if (!(await isPicture(archive, file))) {
      yield { ignored: `${shown}!/${name}` };
      continue;
    }
    yield {
      name: `${shown}!/${name}`,
      path: `${path}!/${name}`,
      rowNumber: 0,
      fileState: async () => archive.fileState(file),
      read: () => archive.read(file),
    };
  }
}

/** As in folders: by its ending, else by its first bytes. */
async function isPicture(archive: Archive, file: ZipEntry): Promise<boolean> {
  const kind = kindByEnding(file.name);
  if (kind !== "unknown") return kind === "picture";
  try {
    return isPictureByBytes(await archive.readStart(file, headBytes));
  } catch (error) {
    if (error instanceof ImageFailure) return false;
    throw error;
  }
}
