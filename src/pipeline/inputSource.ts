import { access, realpath } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isLeftAlone, isSkippedFolder, ownFolderMarker } from "../images/hiddenNames.ts";
import { isPictureFile } from "../images/pictureFile.ts";

/** One folder or file to be classified. */
export interface InputSource {
  /** As the results table names it. */
  readonly shown: string;
  readonly kind: "folder" | "archive" | "file" | "table";
  /** Whether a pattern matched it, and nobody named it: then a file that is no picture is ignored. */
  readonly isMatch?: boolean;
  /** Absolute: the folder that the pattern looks into, which is what comes before its first name with a wildcard. */
  readonly matchedIn?: string;
}

/**
 * Sources in the byte order of the paths in them; what the search of another source's folder finds anyway, or is named
 * twice, comes once.
 */
export async function withoutOverlaps(sources: readonly InputSource[]): Promise<readonly InputSource[]> {
  const placed = await Promise.all(
    sources.map(async (source) => ({ source, place: await placeOf(source), key: sortKey(source) })),
  );
  placed.sort((a, b) => Buffer.compare(a.key, b.key));
  const folders = new Set(placed.filter(({ source }) => source.kind === "folder").map(({ place }) => place));
  const seen = new Set<string>();
  const kept: InputSource[] = [];
  for (const { source, place } of placed) {
    if (seen.has(place) || (await isFoundInFolder(source, place, folders))) continue;
    seen.add(place);
    kept.push(source);
  }
  return kept;
}

/** A folder sorts as the paths in it, which go on with a slash; those in an archive go on with `!/`. */
function sortKey({ shown, kind }: InputSource): Buffer {
  if (kind === "folder") return Buffer.from(`${shown.replace(/\/+$/, "")}/`);
  return Buffer.from(kind === "archive" ? `${shown}!/` : shown);
}

/** Where a source is, without links on the way; a link to a file is a file of its own. */
async function placeOf({ shown, kind }: InputSource): Promise<string> {
  const path = resolve(shown);
  const withoutLinks = (folder: string) => realpath(folder).catch(() => folder);
  return kind === "folder" ? withoutLinks(path) : join(await withoutLinks(dirname(path)), basename(path));
}

async function isFoundInFolder(
  source: InputSource,
  place: string,
  folders: ReadonlySet<string>,
): Promise<boolean> {
  for (
    let folder = dirname(place), inner = place;
    folder !== inner;
    inner = folder, folder = dirname(folder)
  ) {
    if (!folders.has(folder)) continue;
    if (await isLeftOut(source.kind === "folder" ? place : dirname(place), folder)) continue;
    const names = relative(folder, place).split(sep);
    if (source.kind === "folder" && !names.some(isSkippedFolder)) return true;
    // An archive or a table in a folder is no picture: it counts because it was named.
    if (source.kind === "file" && !isLeftAlone(names) && (await isPictureFile(place, place))) return true;
  }
  return false;
}

/** Whether a search of `above` leaves out this folder below it, or one on the way: Clipbook drew the pictures there. */
async function isLeftOut(place: string, above: string): Promise<boolean> {
  for (let folder = place; folder !== above && folder !== dirname(folder); folder = dirname(folder)) {
    const isOwn = await access(join(folder, ownFolderMarker)).then(
      () => true,
      () => false,
    );
    if (isOwn) return true;
  }
  return false;
}
