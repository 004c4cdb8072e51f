import { gifParts } from "./gifBlocks.ts";
import { heifExtents } from "./heifItems.ts";
import { jpegScans } from "./jpegScans.ts";
import { tiffEndsEarly } from "./tiffEndsEarly.ts";

/**
 * Whether a file of a known format lacks its end, told from the file's own structure: the message of a decoder says only
 * that something went wrong, and a decoder that needs the middle of a picture says nothing. False for BMP, whose
 * decoder tells.
 */
export function isCutShort(format: string, bytes: Buffer): boolean {
  switch (format) {
    case "JPEG":
      return jpegScans(bytes).endAt === undefined;
    case "PNG":
      return bytes.lastIndexOf("IEND", undefined, "latin1") < 0;
    case "GIF":
      return gifParts(bytes).every(({ kind }) => kind !== "trailer");
    case "WebP":
      return riffRunsPastTheEnd(bytes);
    case "TIFF":
      return tiffEndsEarly(bytes);
    case "AVIF":
    case "HEIC":
    case "HEIF":
      return heifEndsEarly(bytes);
    default:
      return false;
  }
}

function riffRunsPastTheEnd(bytes: Buffer): boolean {
  return bytes.length < 12 || bytes.readUInt32LE(4) + 8 > bytes.length;
}

/** Where the places of its parts are known, what follows them does not count. */
function heifEndsEarly(bytes: Buffer): boolean {
  const extents = heifExtents(bytes);
  if (extents.length > 0) return extents.some(({ end }) => end > bytes.length);
  return boxesRunPastTheEnd(bytes) || !bytes.includes("meta");
}

/** ISO base media files are a row of boxes, each with its length in front. */
function boxesRunPastTheEnd(bytes: Buffer): boolean {
  let at = 0;
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return false;
    const size = length === 1 && at + 16 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 8)) : length;
    if (size < 8) return false;
    at += size;
  }
  return at > bytes.length || at === 0;
}
