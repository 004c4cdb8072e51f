import { convertFirst, extractFrames, fileSignatures } from "./fileSignatures.ts";
import { maybeIsoMediaFormat } from "./isoMediaFormat.ts";
import { maybeTextFormat } from "./textFormat.ts";
import { maybeTiffRawFormat } from "./tiffRawFormat.ts";

/** What a file is by its first bytes, whatever its name says. */
export interface SniffedFormat {
  /** Short name as people write it: `JPEG`, `HEIC`, `HTML page`. */
  readonly name: string;
  /** `decodable`: Clipbook reads it; `unsupported`: an image or film that it does not read; `other`: no image. */
  readonly kind: "decodable" | "unsupported" | "other";
  /** For what is not decodable: a short remark that helps, for example how to convert. */
  readonly advice?: string;
}

/** The kinds of a RIFF file, by the letters at byte 8. */
const riffFormats: Readonly<Record<string, SniffedFormat>> = {
  WEBP: { name: "WebP", kind: "decodable" },
  "AVI ": { name: "video (AVI)", kind: "unsupported", advice: extractFrames },
  ACON: { name: "Windows cursor (ANI)", kind: "unsupported", advice: convertFirst },
  WAVE: { name: "sound file (WAV)", kind: "other" },
};

/** How far texts are looked into. */
const textBytes = 512;

/**
 * Names a file's format from its first bytes: 64 tell what Clipbook reads from what it does not, but for cameras' raw files
 * that begin as TIFF, DICOM and tar archives, which the whole file tells; fewer where the file is shorter. A name such
 * as `photo.jpg` proves nothing: failed downloads are HTML pages, and phones write HEIC under any ending.
 */
export function sniffFormat(head: Uint8Array): SniffedFormat {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const start = bytes.toString("latin1", 0, textBytes);
  const riff = start.startsWith("RIFF") ? riffFormats[start.slice(8, 12)] : undefined;
  const early = riff ?? maybeIsoMediaFormat(bytes);
  if (early !== undefined) return early;
  for (const [at, signature, format] of fileSignatures) {
    if (!start.startsWith(signature, at)) continue;
    if (format.name === "TIFF") return maybeTiffRawFormat(bytes) ?? format;
    if (format.name === "ZIP archive") return maybeOfficeFormat(start) ?? format;
    // A text may well begin with so few letters.
    if (!/^[A-Za-z0-9 ]{1,4}$/.test(signature) || maybeTextFormat(start) === undefined) return format;
  }
  if (start.length > 0 && /^\0+$/.test(start)) {
    return { name: "file that begins with zeros", kind: "other", advice: "a broken download?" };
  }
  return maybeBitmapFormat(bytes) ?? maybeTextFormat(start) ?? { name: "unknown file", kind: "other" };
}

/** Office documents and e-books are ZIP archives, and say so in the names of their first entries. */
function maybeOfficeFormat(start: string): SniffedFormat | undefined {
  if (
    !/\[Content_Types\]\.xml|_rels\/|word\/|ppt\/|xl\/|mimetypeapplication\/(vnd\.oasis|epub)/.test(start)
  ) {
    return undefined;
  }
  return { name: "Office document", kind: "other", advice: "save its pictures as files first" };
}

/** Formats whose first letters are too common: numbers of their headers have to be possible, too. */
function maybeBitmapFormat(head: Buffer): SniffedFormat | undefined {
  // `BM` alone begins many texts; the header's own length at byte 14 has to be one that exists.
  if (head.length >= 18 && head[0] === 0x42 && head[1] === 0x4d) {
    const isHeader = [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14));
    if (isHeader) return { name: "BMP", kind: "decodable" };
  }
  const unsupported = (name: string): SniffedFormat => ({ name, kind: "unsupported", advice: convertFirst });
  // PCX: maker 10, versions 0 to 5, run lengths, 1 to 8 bits.
  const [maker = 0, version = 255, packing = 255, bits = 0] = head;
  if (maker === 10 && version <= 5 && packing === 1 && [1, 2, 4, 8].includes(bits)) return unsupported("PCX");
  // EMF: record 1, and ` EMF` at byte 40.
  if (head.length >= 44 && head.readUInt32LE(0) === 1 && head.toString("latin1", 40, 44) === " EMF") {
    return unsupported("Windows metafile (EMF)");
  }
  return undefined;
}
