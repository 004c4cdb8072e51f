import { heifExtents } from "./heifItems.ts";
import { jpegScans } from "./jpegScans.ts";

/** As downloads and crashes leave them: blocks of a disk that were never written. */
const blockOfZeros = Buffer.alloc(512);

/** Coded HEVC never has three zeros in a row (ITU-T H.265, 7.4.2); the lengths between its parts begin with up to three. */
const zerosInHevc = Buffer.alloc(8);

/** Whether a file's coded pixels have a hole of zeros, which decoders of these formats take for a flat grey picture. */
export function hasHole(format: string, bytes: Buffer): boolean {
  switch (format) {
    case "JPEG":
      return (
        hasZeros(bytes) && jpegScans(bytes).coded.some(([from, to]) => hasZeros(bytes.subarray(from, to)))
      );
    case "WebP":
      return hasZeros(bytes) && codedWebp(bytes).some(hasZeros);
    case "HEIC":
    case "HEIF":
      return heifExtents(bytes).some(
        ({ type, start, end }) => type === "hvc1" && bytes.subarray(start, end).includes(zerosInHevc),
      );
    default:
      // PNG has check sums; the decoders of GIF and AVIF notice; in TIFF and BMP zeros are pixels.
      return false;
  }
}

function hasZeros(bytes: Buffer): boolean {
  return bytes.includes(blockOfZeros);
}

/** The chunks with coded colours (WebP container specification, "VP8 " and "VP8L"), also those within an animation's frames. */
function codedWebp(bytes: Buffer, from = 12, to = bytes.length): readonly Buffer[] {
  const coded: Buffer[] = [];
  for (let at = from; at + 8 <= to; ) {
    const kind = bytes.toString("latin1", at, at + 4);
    const end = Math.min(to, at + 8 + bytes.readUInt32LE(at + 4));
    if (kind === "VP8 " || kind === "VP8L") coded.push(bytes.subarray(at + 8, end));
    // A frame's own header has 16 bytes.
    if (kind === "ANMF") coded.push(...codedWebp(bytes, at + 24, end));
    at = end + (end & 1);
  }
  return coded;
}
