const startOfScan = Buffer.from([0xff, 0xda]);
const endOfImage = Buffer.from([0xff, 0xd9]);

/**
 * Whether a file of a known format lacks its end, told from the file's own structure: the message of a decoder says
 * only that something went wrong. False where the format does not tell (TIFF).
 */
export function isCutShort(format: string, bytes: Buffer): boolean {
  switch (format) {
    case "JPEG":
      // An embedded thumbnail has an end of its own; the picture's comes after its last scan has begun.
      return bytes.lastIndexOf(endOfImage) <= bytes.lastIndexOf(startOfScan);
    case "PNG":
      return !bytes.subarray(-65_536).includes("IEND", 0, "latin1");
    case "GIF":
      return lastByteNotZero(bytes) !== 0x3b;
    case "WebP":
      return bytes.length < 12 || bytes.readUInt32LE(4) + 8 > bytes.length;
    case "AVIF":
      return boxesRunPastTheEnd(bytes);
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
