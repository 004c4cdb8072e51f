import { basename, resolve } from "node:path";
import { findPictures, looksLikePicture, pictureFile } from "./findPictures.ts";
import { type Archive, openArchive } from "./openArchive.ts";
import { readImageFile } from "./readImageFile.ts";
import type { IgnoredFile, Unit } from "./unit.ts";

/** What stands between an archive's path and a name inside it. */
const insideArchive = ".zip!/";

/** Finds and reads units of every kind, and keeps archives open while it lives. */
export interface UnitReader {
  /** The pictures of a folder, an archive or a single file. @throws UserError when it cannot be read */
  unitsOf(
    input: string,
    kind: "folder" | "archive" | "file",
    signal?: AbortSignal,
  ): AsyncIterable<Unit | IgnoredFile>;
  /** Bytes of a unit by its path, also `archive.zip!/entry`. @throws ImageFailure */
  read(path: string): Promise<Buffer>;
  close(): Promise<void>;
}

/** A reader without open archives. */
export function openUnitReader(): UnitReader {
  const archives = new Map<string, Promise<Archive>>();
  const archiveAt = (path: string) => {
    const open = archives.get(path) ?? openArchive(path);
    archives.set(path, open);
    return open;
  };
  return {
    unitsOf: (input, kind, signal) => {
      if (kind === "folder") return findPictures(input, signal);
      return kind === "archive" ? archivePictures(input, archiveAt) : oneFile(input);
    },
    read: async (path) => {
      const at = path.toLowerCase().indexOf(insideArchive);
      if (at < 0) return readImageFile(path);
      const archive = await archiveAt(path.slice(0, at + ".zip".length));
      return archive.read(path.slice(at + insideArchive.length));
    },
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

async function* oneFile(shown: string): AsyncGenerator<Unit> {
  yield pictureFile(shown, resolve(shown));
}

async function* archivePictures(
  shown: string,
  archiveAt: (path: string) => Promise<Archive>,
): AsyncGenerator<Unit | IgnoredFile> {
  const path = resolve(shown);
  const archive = await archiveAt(path);
  for (const name of archive.names) {
    const hidden = name.split("/").some((part) => part.startsWith("."));
    if (hidden) continue;
    if (!looksLikePicture(basename(name))) {
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
