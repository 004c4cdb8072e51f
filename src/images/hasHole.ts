import { heifExtents } from "./heifItems.ts";
import { jpegScans } from "./jpegScans.ts";

/** Huffman's codes for flat parts may be zeros, so that fewer of them are no more than a reason to look closer. */
const zerosInJpeg = Buffer.alloc(64);

/** Coded HEVC never has three zeros in a row (ITU-T H.265, 7.4.2); the lengths between its parts begin with up to three. */
const zerosInHevc = Buffer.alloc(8);

/** Whether a file's coded pixels have a hole of zeros, which decoders of these formats take for a flat grey picture. */
export function hasHole(format: string, bytes: Buffer): boolean {
  switch (format) {
    case "JPEG":
      return bytes.includes(zerosInJpeg) && scannedJpeg(bytes).includes(zerosInJpeg);
    case "HEIC":
    case "HEIF":
      return heifExtents(bytes).some(
        ({ type, start, end }) => type === "hvc1" && bytes.subarray(start, end).includes(zerosInHevc),
      );
    default:
      // PNG has check sums; the decoders of GIF and AVIF notice; WebP is asked otherwise; in TIFF and BMP zeros are pixels.
      return false;
  }
}

/** From the first scan to the end, with the headers of further scans, which have no such zeros either. */
function scannedJpeg(bytes: Buffer): Buffer {
  const { coded, endAt } = jpegScans(bytes);
  return bytes.subarray(coded[0]?.[0] ?? bytes.length, endAt);
}
