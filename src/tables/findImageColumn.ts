import { UserError } from "../errors.ts";
import { cellText } from "./cell.ts";
import type { InputRow } from "./inputTable.ts";

/** Names, without case, blanks, dashes and underscores, that columns of image paths usually have. */
const usualNames: ReadonlySet<string> = new Set([
  ...["image", "images", "img", "picture", "pic", "photo", "media", "file", "path"],
  ...["imagefile", "imagefilename", "imagename", "imagepath", "imgfile", "imgname", "imgpath"],
  ...["photofile", "photopath", "mediafile", "mediapath", "picturefile", "picturepath"],
  ...["filename", "filepath", "localfile", "localpath", "localfilename", "localimage"],
]);

const imageName = /\.(jpe?g|jfif|png|webp|gif|tiff?|bmp|heic|heif|avif)$/i;
const webAddress = /^(https?|ftp|s3|gs):\/\//i;

/**
 * Which column holds the image paths, as an index: the requested one; else the one with a usual name; else the one whose
 * cells mostly end like image files. Where these leave a choice, nothing is guessed.
 * @throws UserError if the requested column is not there, none or several could be it, or it holds web addresses.
 */
export function findImageColumn(
  columns: readonly string[],
  sampleRows: readonly Pick<InputRow, "cells">[],
  requested?: string,
): number {
  const texts = columns.map((_, index) =>
    sampleRows.map((row) => cellText(row.cells[index]).trim()).filter((text) => text !== ""),
  );
  const found = requested === undefined ? guessColumn(columns, texts) : columns.indexOf(requested);
  if (found < 0) {
    throw new UserError(`the table has no column "${requested}", only ${quoteNames(columns)}`, {
      hint: "give --image-column one of these names, in the same spelling",
    });
  }
  const cells = texts[found] ?? [];
  if (cells.length > 0 && cells.every((text) => webAddress.test(text))) {
    throw new UserError(`column "${columns[found]}" holds web addresses, not paths of image files`, {
      hint: "download the images, then name the column with their paths with --image-column",
    });
  }
  return found;
}

function guessColumn(columns: readonly string[], texts: readonly (readonly string[])[]): number {
  const all = columns.map((_, index) => index);
  const looks = all.filter((index) => looksLikeImages(texts[index] ?? []));
  const usual = all.filter((index) =>
    usualNames.has((columns[index] ?? "").toLowerCase().replace(/[\s_-]/g, "")),
  );
  const both = usual.filter((index) => looks.includes(index));
  if (both.length === 1) return both[0] as number;
  const candidates = both.length > 1 ? both : looks.length > 0 ? [...new Set([...usual, ...looks])] : usual;
  if (candidates.length === 1) return candidates[0] as number;
  const names = quoteNames(candidates.map((index) => columns[index] ?? ""));
  throw new UserError(
    candidates.length > 1
      ? `the image paths could be in ${names}`
      : `no column looks like image paths; the table has ${quoteNames(columns)}`,
    { hint: "name the column with --image-column" },
  );
}

function looksLikeImages(texts: readonly string[]): boolean {
  const hits = texts.filter((text) => imageName.test(text) && !webAddress.test(text));
  return texts.length > 0 && hits.length > texts.length / 2;
}

function quoteNames(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
