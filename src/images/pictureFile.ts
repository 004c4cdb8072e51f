import { realpath } from "node:fs/promises";
import { extname } from "node:path";
import { ImageFailure } from "./imageFailure.ts";
import { outsideLinkSentence, type PlaceRule } from "./insideInputs.ts";
import { imageFileState, readFileStart, readImageFile } from "./readImageFile.ts";
import { sniffFormat } from "./sniffFormat.ts";
import type { Unit } from "./unit.ts";

/**
 * Endings under which pictures go, whether Clipbook reads them or not: such a file gets a row in any case. Of what Clipbook does
 * not read there are those that `sniffFormat` names, so that the row says how to convert it.
 */
const pictureEndings =
  "jpg jpeg jpe jfif pjpeg png apng webp gif tif tiff bmp dib avif avifs heic heif heics heifs hif " +
  "jxl jp2 j2k j2c jpx jxr wdp hdp psd psb xcf svg ico cur icns qoi exr dds pcx pnm ppm pgm pbm pam dcm fits " +
  "raw dng cr2 cr3 crw nef nrw arw srw pef orf rw2 raf mrw x3f erf";

const isPictureEnding = new Set(pictureEndings.split(" ").map((ending) => `.${ending}`));

/** What downloads leave behind an ending: `a.jpg?w=200`, `a.jpg_large`, `a.jpg:orig`, `a.jpg (1)`, `a.jpg.1`, a blank. */
const withRemainder = new RegExp(
  `\\.(${pictureEndings.replaceAll(" ", "|")})(\\.\\d+|[^a-z0-9./][^/]*)$`,
  "i",
);

/** Endings of pictures that other programs give to other files as well, such as the headers of satellite images. */
const isSharedEnding = new Set([".hdr"]);

/** How many first bytes are looked at to tell what a file without an ending is: `sniffFormat` needs no more for any image. */
export const headBytes = 512;

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

/**
 * `picture` by its ending, `other` by another one, `unknown` where the name has none, one that is not only a picture's, or a
 * picture's with more behind it.
 */
export function kindByEnding(name: string): "picture" | "other" | "unknown" {
  const ending = extname(name).toLowerCase();
  if (isPictureEnding.has(ending)) return "picture";
  const tellsNothing = ending === "" || ending === "." || isSharedEnding.has(ending);
  return tellsNothing || withRemainder.test(name) ? "unknown" : "other";
}

/** Whether a file whose name does not tell counts as a picture, read or not; films and pages do not. @param head its first `headBytes` */
export function isPictureByBytes(head: Uint8Array): boolean {
  const { kind } = sniffFormat(head);
  return kind === "decodable" || kind === "unsupported";
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
    return isPictureByBytes(await readFileStart(path, headBytes, mayRead));
  } catch (error) {
    if (!(error instanceof ImageFailure)) throw error;
    if (error.message !== outsideLinkSentence) return false;
    return kindByEnding(await realpath(path)) === "picture";
  }
}
