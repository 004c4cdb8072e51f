/** What a file is by its first bytes, whatever its name says. */
export interface SniffedFormat {
  /** Short name as people write it: `JPEG`, `HEIC`, `HTML page`. */
  readonly name: string;
  /** `decodable`: Clipbook reads it; `unsupported`: an image or film that it does not read; `other`: no image. */
  readonly kind: "decodable" | "unsupported" | "other";
  /** For what is not decodable: a short remark that helps, for example how to convert. */
  readonly advice?: string;
}

const convert = "convert it to JPEG or PNG first";

const signatures: readonly (readonly [at: number, bytes: string, format: SniffedFormat])[] = [
  [0, "\xff\xd8\xff", { name: "JPEG", kind: "decodable" }],
  [0, "\x89PNG\r\n\x1a\n", { name: "PNG", kind: "decodable" }],
  [0, "GIF87a", { name: "GIF", kind: "decodable" }],
  [0, "GIF89a", { name: "GIF", kind: "decodable" }],
  [0, "II*\0", { name: "TIFF", kind: "decodable" }],
  [0, "MM\0*", { name: "TIFF", kind: "decodable" }],
  [0, "II+\0", { name: "TIFF", kind: "decodable" }],
  [0, "MM\0+", { name: "TIFF", kind: "decodable" }],
  [4, "ftypavis", { name: "AVIF sequence", kind: "unsupported", advice: convert }],
  [4, "ftypavif", { name: "AVIF", kind: "decodable" }],
  [4, "ftyphei", { name: "HEIC", kind: "unsupported", advice: convert }],
  [4, "ftyphev", { name: "HEIC", kind: "unsupported", advice: convert }],
  [4, "ftypmif1", { name: "HEIF", kind: "unsupported", advice: convert }],
  [4, "ftypmsf1", { name: "HEIF", kind: "unsupported", advice: convert }],
  [4, "ftypjp2", { name: "JPEG 2000", kind: "unsupported", advice: convert }],
  [4, "ftypcrx", { name: "Canon RAW", kind: "unsupported", advice: convert }],
  [4, "ftyp", { name: "video (MP4 or QuickTime)", kind: "unsupported", advice: "extract frames first" }],
  [0, "\0\0\0\x0cjP  ", { name: "JPEG 2000", kind: "unsupported", advice: convert }],
  [0, "\xff\x4f\xff\x51", { name: "JPEG 2000", kind: "unsupported", advice: convert }],
  [0, "\0\0\0\x0cJXL ", { name: "JPEG XL", kind: "unsupported", advice: convert }],
  [0, "\xff\x0a", { name: "JPEG XL", kind: "unsupported", advice: convert }],
  [0, "8BPS", { name: "Photoshop", kind: "unsupported", advice: convert }],
  [0, "%PDF-", { name: "PDF", kind: "unsupported", advice: "export its pages as images first" }],
  [
    0,
    "\x1a\x45\xdf\xa3",
    { name: "video (Matroska or WebM)", kind: "unsupported", advice: "extract frames first" },
  ],
  [0, "\0\0\x01\0", { name: "Windows icon", kind: "unsupported", advice: convert }],
  [0, "PK\x03\x04", { name: "ZIP archive", kind: "other", advice: "give the archive itself as an input" }],
  [0, "\x1f\x8b", { name: "gzip file", kind: "other" }],
  [0, "vips", { name: "libvips file", kind: "unsupported", advice: convert }],
  [0, "\xb6\xa6\xf2\x08", { name: "libvips file", kind: "unsupported", advice: convert }],
  [0, "\x08\xf2\xa6\xb6", { name: "libvips file", kind: "unsupported", advice: convert }],
];

/** The kinds of a RIFF file, by the letters at byte 8. */
const riffFormats: Readonly<Record<string, SniffedFormat>> = {
  WEBP: { name: "WebP", kind: "decodable" },
  "AVI ": { name: "video (AVI)", kind: "unsupported", advice: "extract frames first" },
};

/**
 * Names a file's format from its first bytes (64 or more, fewer if the file is shorter). A name such as `photo.jpg`
 * proves nothing: failed downloads are HTML pages, and phones write HEIC under any ending.
 */
export function sniffFormat(head: Uint8Array): SniffedFormat {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 512)).toString("latin1");
  const riff = start.startsWith("RIFF") ? riffFormats[start.slice(8, 12)] : undefined;
  if (riff !== undefined) return riff;
  if (isAvifByBrands(head, start)) return { name: "AVIF", kind: "decodable" };
  for (const [at, bytes, format] of signatures) {
    if (start.startsWith(bytes, at)) return format;
  }
  if (isBmp(head)) return { name: "BMP", kind: "decodable" };
  const text = start
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart()
    .toLowerCase();
  if (text.startsWith("<svg") || (text.startsWith("<?xml") && text.includes("<svg"))) {
    return { name: "SVG", kind: "unsupported", advice: convert };
  }
  if (/^(<!doctype html|<html|<head|<body|<!--)/.test(text)) {
    return { name: "HTML page", kind: "other", advice: "a failed download?" };
  }
  if (text.startsWith("<?xml")) return { name: "XML file", kind: "other", advice: "a failed download?" };
  if (/^[[{]/.test(text)) return { name: "JSON file", kind: "other", advice: "a failed download?" };
  if (start.length > 0 && /^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(start))
    return { name: "text file", kind: "other" };
  return { name: "unknown file", kind: "other" };
}

/** An AVIF file may call itself a HEIF image first and AVIF among its further brands (AVIF 1.1.0, section 6.1). */
function isAvifByBrands(head: Uint8Array, start: string): boolean {
  if (!start.startsWith("ftypmif1", 4) || head.length < 16) return false;
  const boxBytes = new DataView(head.buffer, head.byteOffset).getUint32(0);
  for (let at = 16; at + 4 <= Math.min(boxBytes, start.length); at += 4) {
    if (start.startsWith("avif", at)) return true;
  }
  return false;
}

/** `BM` alone begins many texts; the header's own length at byte 14 has to be one that exists too. */
function isBmp(head: Uint8Array): boolean {
  if (head.length < 18 || head[0] !== 0x42 || head[1] !== 0x4d) return false;
  return [12, 40, 52, 56, 64, 108, 124].includes(
    new DataView(head.buffer, head.byteOffset).getUint32(14, true),
  );
}
