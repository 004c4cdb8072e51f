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
      return !jpegScans(bytes).isEnded;
    case "PNG":
      return bytes.lastIndexOf("IEND", undefined, "latin1") < 0;
    case "GIF":
      return lastByteNotZero(bytes) !== 0x3b;
    case "WebP":
      return endsInZerosOrEarly(bytes);
    case "TIFF":
      return tiffEndsEarly(bytes);
    case "AVIF":
    case "HEIC":
    case "HEIF":
      return (
        boxesRunPastTheEnd(bytes) ||
        !bytes.includes("meta") ||
        heifExtents(bytes).some(({ end }) => end > bytes.length)
      );
    default:
      return false;
  }
}

/** Some cameras and downloads fill a file up with zeros behind its end. */
function lastByteNotZero(bytes: Buffer): number | undefined {
  let at = bytes.length - 1;
  while (at > 0 && bytes[at] === 0) at--;
  return bytes[at];
}

/** More zeros than this at the end of compressed data are a hole, as a download or a crash leaves them. */
const holeBytes = 512;

function endsInZerosOrEarly(bytes: Buffer): boolean {
  if (bytes.length < 12) return true;
  const end = bytes.readUInt32LE(4) + 8;
  if (end > bytes.length) return true;
  const tail = bytes.subarray(Math.max(12, end - holeBytes), end);
  return tail.length === holeBytes && tail.every((byte) => byte === 0);
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
