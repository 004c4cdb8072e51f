import { lstat, open } from "node:fs/promises";
import { extname } from "node:path";
import { imageFileState, readImageFile } from "./readImageFile.ts";
import { sniffFormat } from "./sniffFormat.ts";
import type { Unit } from "./unit.ts";

/** Endings under which pictures go, whether Clipbook reads them or not: such a file gets a row in any case. */
const pictureEndings = new Set(
  (
    "jpg jpeg jpe jfif pjpeg png apng webp gif tif tiff bmp dib avif heic heif hif jxl jp2 j2k jpx psd svg ico " +
    "raw dng cr2 cr3 nef arw orf rw2 raf"
  )
    .split(" ")
    .map((ending) => `.${ending}`),
);

/** How many first bytes are looked at to tell what a file without an ending is. */
export const headBytes = 64;

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

/** `picture` by its ending, `other` by another one, `unknown` where the name has none. */
export function kindByEnding(name: string): "picture" | "other" | "unknown" {
  const ending = extname(name).toLowerCase();
  if (ending === "" || ending === ".") return "unknown";
  return pictureEndings.has(ending) ? "picture" : "other";
}

/**
 * Whether a file in a folder counts as a picture: by its ending, else by its first bytes. One without an ending that
 * cannot be looked into does not.
 * @param path where the file is; bytes for a name that is not UTF-8
 */
export async function isPictureFile(name: string, path: string | Buffer): Promise<boolean> {
  const kind = kindByEnding(name);
  return kind === "unknown" ? beginsLikePicture(path) : kind === "picture";
}

async function beginsLikePicture(path: string | Buffer): Promise<boolean> {
  const entry = await lstat(path).catch(() => undefined);
  if (!entry?.isFile()) return false;
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return sniffFormat(buffer.subarray(0, bytesRead)).kind === "decodable";
  } finally {
    await file.close();
  }
}
