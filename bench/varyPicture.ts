import { crc32 } from "node:zlib";
import { UserError } from "../src/errors.ts";

// ITU-T T.81, table B.1: start of image, application segments (APP0 to APP15), and a segment with a comment.
const jpegStart = Buffer.of(0xff, 0xd8);
const jpegComment = 0xfe;
const isApplicationMarker = (marker: number): boolean => marker >= 0xe0 && marker <= 0xef;
// PNG (W3C, third edition), 5.2 and 11.2.1: the signature, and the header chunk that follows it.
const pngSignature = Buffer.from("89504e470d0a1a0a", "hex");
const pngHeaderBytes = 25;

/**
 * The same picture in other bytes: a comment that says `number` goes where decoders pass over it, so that the content's
 * digest is new and every pixel stays.
 * @throws UserError for anything but JPEG and PNG
 */
export function varyPicture(bytes: Buffer, number: number): Buffer {
  const comment = `benchmark picture ${number}`;
  if (bytes.subarray(0, 2).equals(jpegStart)) {
    const at = endOfApplicationSegments(bytes);
    return Buffer.concat([bytes.subarray(0, at), jpegSegment(comment), bytes.subarray(at)]);
  }
  if (bytes.subarray(0, 8).equals(pngSignature)) {
    const headerEnd = pngSignature.length + pngHeaderBytes;
    return Buffer.concat([bytes.subarray(0, headerEnd), pngText(comment), bytes.subarray(headerEnd)]);
  }
  throw new UserError("a picture is neither JPEG nor PNG", {
    hint: "the benchmark varies those two formats",
  });
}

/** JFIF and Exif want their segments first in the file. */
function endOfApplicationSegments(bytes: Buffer): number {
  let at = jpegStart.length;
  while (bytes[at] === 0xff && isApplicationMarker(bytes[at + 1] ?? 0)) at += 2 + bytes.readUInt16BE(at + 2);
  return at;
}

function jpegSegment(comment: string): Buffer {
  const segment = Buffer.from(`\0\0\0\0${comment}`);
  segment.set([0xff, jpegComment]);
  // The length counts itself but not the marker.
  segment.writeUInt16BE(segment.length - 2, 2);
  return segment;
}

function pngText(comment: string): Buffer {
  const typed = Buffer.from(`tEXtComment\0${comment}`);
  const chunk = Buffer.alloc(typed.length + 8);
  chunk.writeUInt32BE(typed.length - 4, 0);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typed), typed.length + 4);
  return chunk;
}
