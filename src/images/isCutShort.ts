/**
 * Whether a file of a known format lacks its end, told from the file's own structure: the message of a decoder says only
 * that something went wrong, and a decoder that needs the middle of a picture says nothing. False where the format does
 * not tell (TIFF, BMP).
 */
export function isCutShort(format: string, bytes: Buffer): boolean {
  switch (format) {
    case "JPEG":
      return !reachesEndOfImage(bytes);
    case "PNG":
      return bytes.lastIndexOf("IEND", undefined, "latin1") < 0;
    case "GIF":
      return lastByteNotZero(bytes) !== 0x3b;
    case "WebP":
      return endsInZerosOrEarly(bytes);
    case "AVIF":
      return boxesRunPastTheEnd(bytes);
    default:
      return false;
  }
}

const startOfScan = 0xda;
const endOfImage = 0xd9;

/**
 * Walks a JPEG from segment to segment to its end-of-image marker (ITU T.81, B.1.1). Not by looking for the marker's
 * bytes: thumbnails have an end of their own, and phones append whole films.
 */
function reachesEndOfImage(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(0xff, 2); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1] as number;
    if (marker === endOfImage) return true;
    const isFilling = marker === 0xff;
    // Stuffed 0xff bytes and restart markers within a scan, and TEM, have no length.
    const standsAlone = marker === 0 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (isFilling) at += 1;
    else if (standsAlone) at += 2;
    else if (at + 4 > bytes.length) return false;
    else at += 2 + bytes.readUInt16BE(at + 2);
    if (marker === startOfScan && at >= bytes.length) return false;
  }
  return false;
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
