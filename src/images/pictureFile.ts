import { realpath } from "node:fs/promises";
import { extname } from "node:path";
import { ImageFailure } from "./imageFailure.ts";
import { outsideLinkSentence, type PlaceRule } from "./insideInputs.ts";
import { imageFileState, readFileStart, readImageFile } from "./readImageFile.ts";
import { sniffFormat } from "./sniffFormat.ts";
import type { Unit } from "./unit.ts";

/** Endings under which pictures go, whether Clipbook reads them or not: such a file gets a row in any case. */
const pictureEndings =
  "jpg jpeg jpe jfif pjpeg png apng webp gif tif tiff bmp dib avif heic heif hif jxl jp2 j2k jpx psd svg ico " +
  "raw dng cr2 cr3 nef arw orf rw2 raf";

const isPictureEnding = new Set(pictureEndings.split(" ").map((ending) => `.${ending}`));

/** What downloads leave behind an ending: `a.jpg?w=200`, `a.jpg_large`, `a.jpg:orig`, `a.jpg (1)`, `a.jpg.1`, a blank. */
const withRemainder = new RegExp(
  `\\.(${pictureEndings.replaceAll(" ", "|")})(\\.\\d+|[^a-z0-9./][^/]*)$`,
  "i",
);

/** How many first bytes are looked at to tell what a file without an ending is. */
export const headBytes = 64;

/**
 * The unit of one image file.
 * @param shown its name in the results table
 * @param mayRead where a link may lead; anywhere when absent
 */
export function pictureFile(shown: string, path: string, rowNumber = 0, mayRead?: PlaceRule): Unit {
  return {
    name: shown,
    path,
    rowNumber,
    fileState: () => imageFileState(path, mayRead),
    read: () => readImageFile(path, mayRead),
  };
}

/** `picture` by its ending, `other` by another one, `unknown` where the name has none, or a picture's with more behind it. */
export function kindByEnding(name: string): "picture" | "other" | "unknown" {
  const ending = extname(name).toLowerCase();
  if (isPictureEnding.has(ending)) return "picture";
  return ending === "" || ending === "." || withRemainder.test(name) ? "unknown" : "other";
}

/**
 * Whether a file in a folder counts as a picture: by its ending, else by its first bytes. One without an ending that
 * cannot be looked into does not; a link that must not be followed does when what it leads to has a picture's ending.
 * @param path where the file is; bytes for a name that is not UTF-8
 * @param mayRead where a link may lead; anywhere when absent
 */
export async function isPictureFile(
  name: string,
  path: string | Buffer,
  mayRead?: PlaceRule,
): Promise<boolean> {
  const kind = kindByEnding(name);
  if (kind !== "unknown") return kind === "picture";
  try {
    return sniffFormat(await readFileStart(path, headBytes, mayRead)).kind === "decodable";
  } catch (error) {
    if (!(error instanceof ImageFailure)) throw error;
    if (error.message !== outsideLinkSentence) return false;
    return kindByEnding(await realpath(path)) === "picture";
  }
}
