import { describe, expect, it } from "vitest";
import { fileSignatures } from "../../src/images/fileSignatures.ts";
import { sniffFormat } from "../../src/images/sniffFormat.ts";
import { golden, readReferenceImage } from "./reference.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");

/** An ISO media file's first box (ISO/IEC 14496-12, 4.3): its size, `ftyp`, the major brand, a version, further brands. */
function mediaFile(major: string, ...brands: string[]): Buffer {
  const box = Buffer.concat([Buffer.alloc(4), bytes(`ftyp${major}\0\0\0\0${brands.join("")}`)]);
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([box, bytes("\0\0\0\x08meta, and what follows")]);
}

/** A TIFF whose first directory has such entries, all of them LONG; the maker's name follows it. */
function tiffDirectory(entries: readonly (readonly [tag: number, value: number])[]): Buffer {
  const head = Buffer.alloc(10);
  head.write("MM\0*", "latin1");
  head.writeUInt32BE(8, 4);
  head.writeUInt16BE(entries.length, 8);
  const makerAt = 10 + 12 * entries.length;
  const rows = entries.map(([tag, value]) => {
    const row = Buffer.alloc(12);
    row.writeUInt16BE(tag, 0);
    row.writeUInt16BE(tag === 271 ? 2 : 4, 2);
    row.writeUInt32BE(tag === 271 ? 6 : 1, 4);
    row.writeUInt32BE(tag === 271 ? makerAt : value, 8);
    return row;
  });
  return Buffer.concat([head, ...rows, bytes("NIKON\0")]);
}

const byEnding: Readonly<Record<string, string>> = {
  jpg: "JPEG",
  png: "PNG",
  webp: "WebP",
  gif: "GIF",
  tiff: "TIFF",
  bmp: "BMP",
};

describe("sniffFormat", () => {
  it.each(golden.images.map(({ image }) => image))("knows the reference's %s", (image) => {
    const head = readReferenceImage(image).subarray(0, 64);
    expect(sniffFormat(head)).toMatchObject({
      kind: "decodable",
      name: byEnding[image.split(".").at(-1) as string],
    });
  });

  it.each([
    ["JPEG", "decodable", bytes("\xff\xd8\xff\xdb")],
    ["GIF", "decodable", bytes("GIF87a\x01\0\x01\0")],
    ["WebP", "decodable", bytes("RIFF\x24\0\0\0WEBPVP8 ")],
    ["TIFF", "decodable", bytes("MM\0*\0\0\0\x08")],
    ["TIFF", "decodable", bytes("II+\0\x08\0\0\0")],
    ["AVIF", "decodable", mediaFile("avif", "mif1", "miaf")],
    ["AVIF", "decodable", mediaFile("mif1", "mif1", "avif", "miaf")],
    ["AVIF sequence", "unsupported", mediaFile("avis", "avis", "avif")],
    ["AVIF sequence", "unsupported", mediaFile("msf1", "msf1", "avis", "avif")],
    ["AVIF sequence", "unsupported", mediaFile("avif", "mif1", "avif", "avis")],
    ["HEIC", "decodable", mediaFile("heic", "mif1", "heic")],
    ["HEIC", "decodable", mediaFile("heix", "mif1", "heix")],
    ["HEIC", "decodable", mediaFile("mif1", "mif1", "heic")],
    ["HEIF", "decodable", mediaFile("mif1", "mif1", "jpeg")],
    ["HEIC sequence", "unsupported", mediaFile("hevc", "msf1", "hevc")],
    ["HEIC sequence", "unsupported", mediaFile("hevx", "msf1", "hevx")],
    ["HEIC sequence", "unsupported", mediaFile("msf1", "msf1", "hevc", "heic")],
    ["video (MP4 or QuickTime)", "unsupported", mediaFile("isom", "isom", "mp42")],
    ["video (MP4 or QuickTime)", "unsupported", mediaFile("qt  ")],
    ["video (3GP)", "unsupported", mediaFile("3gp5", "3gp5")],
    ["video (QuickTime)", "unsupported", bytes("\0\0\0\x08wide\0\x01\x02\x03mdat")],
    ["video (AVI)", "unsupported", bytes("RIFF\x24\0\0\0AVI LIST")],
    ["video (Matroska or WebM)", "unsupported", bytes("\x1a\x45\xdf\xa3\x01")],
    ["video (Flash)", "unsupported", bytes("FLV\x01\x05\0\0\0\x09")],
    ["video (Windows Media)", "unsupported", bytes("\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9")],
    ["video (MPEG)", "unsupported", bytes("\0\0\x01\xba\x44")],
    ["video (MPEG)", "unsupported", bytes("\0\0\x01\xb3\x16")],
    ["video (Ogg)", "unsupported", bytes("OggS\0\x02")],
    ["camera RAW (Canon CR2)", "unsupported", bytes("II*\0\x10\0\0\0CR\x02\0\x8a\x11\0\0")],
    ["camera RAW (Canon CR3)", "unsupported", mediaFile("crx ", "crx ", "isom")],
    ["camera RAW (Canon CRW)", "unsupported", bytes("II\x1a\0\0\0HEAPCCDR\x02\0\x01\0")],
    ["camera RAW (Fujifilm RAF)", "unsupported", bytes("FUJIFILMCCD-RAW 0201FF")],
    ["camera RAW (Olympus ORF)", "unsupported", bytes("IIRO\x08\0\0\0")],
    ["camera RAW (Panasonic RW2)", "unsupported", bytes("IIU\0\x18\0\0\0")],
    ["camera RAW (Minolta MRW)", "unsupported", bytes("\0MRM\0\0\x05")],
    ["camera RAW (Sigma X3F)", "unsupported", bytes("FOVb\0\0\x02\0")],
    ["JPEG 2000", "unsupported", bytes("\0\0\0\x0cjP  \r\n\x87\n")],
    ["JPEG 2000", "unsupported", bytes("\xff\x4f\xff\x51\0\x2f")],
    ["JPEG 2000", "unsupported", mediaFile("jp2 ", "jp2 ")],
    ["JPEG XL", "unsupported", bytes("\xff\x0a\xfa\x7f")],
    ["JPEG XL", "unsupported", bytes("\0\0\0\x0cJXL \r\n\x87\n")],
    ["JPEG XR", "unsupported", bytes("II\xbc\x01\x20\0\0\0")],
    ["Photoshop (PSD)", "unsupported", bytes("8BPS\0\x01\0\0")],
    ["Photoshop (PSB)", "unsupported", bytes("8BPS\0\x02\0\0")],
    ["GIMP (XCF)", "unsupported", bytes("gimp xcf v011\0")],
    ["PDF", "unsupported", bytes("%PDF-1.7\n")],
    ["PostScript or EPS", "unsupported", bytes("%!PS-Adobe-3.0 EPSF-3.0\n")],
    ["EPS", "unsupported", bytes("\xc5\xd0\xd3\xc6\x1e\0\0\0")],
    ["DjVu", "unsupported", bytes("AT&TFORM\0\0\x01\0DJVU")],
    ["Windows metafile (WMF)", "unsupported", bytes("\xd7\xcd\xc6\x9a\0\0")],
    ["Windows metafile (EMF)", "unsupported", bytes(`\x01\0\0\0${"\0".repeat(36)} EMF`)],
    ["SVG", "unsupported", bytes('\xef\xbb\xbf<?xml version="1.0"?>\n<svg xmlns="">')],
    ["SVG", "unsupported", bytes("  <SVG viewBox='0 0 1 1'>")],
    ["SVG", "unsupported", bytes('<!-- made by hand --><svg xmlns="">')],
    ["Windows icon (ICO)", "unsupported", bytes("\0\0\x01\0\x01\0")],
    ["Windows cursor (CUR)", "unsupported", bytes("\0\0\x02\0\x01\0")],
    ["Windows cursor (ANI)", "unsupported", bytes("RIFF\x24\0\0\0ACONanih")],
    ["macOS icon", "unsupported", bytes("icns\0\x01\0\0ic07")],
    ["DirectDraw surface (DDS)", "unsupported", bytes("DDS \x7c\0\0\0")],
    ["PCX", "unsupported", bytes("\x0a\x05\x01\x08\0\0\0\0")],
    ["QOI", "unsupported", bytes("qoif\0\0\0\x10\0\0\0\x10\x03\0")],
    ["OpenEXR", "unsupported", bytes("v/1\x01\x02\0\0\0")],
    ["Radiance HDR", "unsupported", bytes("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n")],
    ["FITS", "unsupported", bytes("SIMPLE  =                    T")],
    ["DICOM", "unsupported", bytes(`${"\0".repeat(128)}DICM\x02\0`)],
    ["FLIF", "unsupported", bytes("FLIF\x34\x31\0")],
    ["BPG", "unsupported", bytes("BPG\xfb\0\0")],
    ["Netpbm image (PBM, PGM or PPM)", "unsupported", bytes("P6\n# made by hand\n4 4\n255\n\0\0")],
    ["Netpbm image (PBM, PGM or PPM)", "unsupported", bytes("P1 4 4 0 1 0 1")],
    ["XBM", "unsupported", bytes("#define a_width 16\n#define a_height 7\n")],
    ["XPM", "unsupported", bytes("/* XPM */\nstatic char *a[] = {")],
    ["libvips file", "unsupported", bytes("\x08\xf2\xa6\xb6\0\0")],
    ["ZIP archive", "other", bytes("PK\x03\x04\x14\0")],
    ["Office document", "other", bytes(`PK\x03\x04${"\0".repeat(26)}[Content_Types].xml`)],
    ["gzip file", "other", bytes("\x1f\x8b\x08\0")],
    ["RAR archive", "other", bytes("Rar!\x1a\x07\x01\0")],
    ["7z archive", "other", bytes("7z\xbc\xaf\x27\x1c\0\x04")],
    ["tar archive", "other", bytes(`${"a.jpg".padEnd(257, "\0")}ustar\0`)],
    ["program (Linux)", "other", bytes("\x7fELF\x02\x01\x01\0")],
    ["program (Windows)", "other", bytes("MZ\x90\0\x03\0\0\0")],
    ["SQLite database", "other", bytes("SQLite format 3\0\x10\0")],
    ["old Office document or Thumbs.db", "other", bytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0")],
    ["macOS file of attributes (AppleDouble)", "other", bytes("\0\x05\x16\x07\0\x02\0\0Mac OS X")],
    ["macOS property list", "other", bytes("bplist00\xd1\x01\x02")],
    ["macOS property list", "other", bytes('<?xml version="1.0"?>\n<!DOCTYPE plist>\n<plist version="1.0">')],
    [
      "Git LFS pointer",
      "other",
      bytes("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 9\n"),
    ],
    ["beginning of a JPEG", "other", bytes("\xff\xd8")],
    ["HTML page", "other", bytes("\n <!DOCTYPE html><html>")],
    ["HTML page", "other", bytes("<!-- saved --><html>")],
    ["XML file", "other", bytes('<?xml version="1.0"?><Error><Code>AccessDenied')],
    ["JSON file", "other", bytes('{"error": 404}')],
    ["text file", "other", bytes("Too Many Requests")],
    ["text file", "other", Buffer.from("Nicht gefunden: Größe")],
    ["text file", "other", bytes("BM, so begins this text, but it is no bitmap")],
    ["text file", "other", bytes("This is WEBP in a text")],
    ["text file", "other", bytes("GIF is a format")],
    ["text file", "other", bytes("The wide world; MZ, ID3 and BZh begin no text")],
    ["text file", "other", bytes("MZ is how this one begins")],
    ["text file", "other", bytes("P1 is the first point of the plan")],
    ["unknown file", "other", bytes("\0\x01\x02\x03")],
    ["unknown file", "other", bytes("")],
    ["file that begins with zeros", "other", bytes("\0".repeat(64))],
    ["text file", "other", bytes("BM")],
  ])("names %s, %s", (name, kind, head) => {
    expect(sniffFormat(head)).toMatchObject({ name, kind });
  });

  it("tells cameras' raw files among those that begin as TIFF, and leaves pictures alone", () => {
    const named = (...entries: [number, number][]) => sniffFormat(tiffDirectory(entries)).name;
    expect(named([254, 0], [256, 10])).toBe("TIFF");
    // A page of several, or a reduced picture without the whole one: pictures all the same.
    expect(named([254, 1], [256, 10])).toBe("TIFF");
    expect(named([256, 10], [330, 500])).toBe("TIFF");
    expect(named([254, 0], [50706, 0x01040000])).toBe("camera RAW (Adobe DNG)");
    expect(named([254, 1], [271, 0], [330, 500])).toBe("camera RAW (Nikon NEF)");
    expect(named([259, 32767])).toBe("camera RAW (TIFF/EP)");
    expect(named([262, 32803])).toBe("camera RAW (TIFF/EP)");
    expect(
      sniffFormat(
        tiffDirectory([
          [254, 1],
          [330, 500],
        ]).subarray(0, 9),
      ).name,
    ).toBe("TIFF");
  });

  it("says what to do about every image that it does not read, in a short sentence without a path", () => {
    for (const [, , { name, kind, advice }] of fileSignatures) {
      if (kind === "unsupported") expect(advice, name).toMatch(/first|convert|export/);
      if (advice !== undefined) expect(advice.length, advice).toBeLessThan(110);
      expect(`${name} ${advice ?? ""}`).not.toMatch(/^\/|\\|[A-Z]:/);
    }
    expect(sniffFormat(bytes("Too Many Requests")).advice).toBe("a failed download?");
    expect(sniffFormat(bytes("version https://git-lfs.github.com/spec/v1\n")).advice).toBe(
      "run git lfs pull",
    );
    expect(sniffFormat(mediaFile("msf1", "hevc")).advice).toMatch(/convert/);
    expect(sniffFormat(mediaFile("crx ")).advice).toMatch(/develop/);
  });

  it("looks only into the bytes it is given, wherever they are in memory", () => {
    const bmp = readReferenceImage("photo.bmp").subarray(0, 64);
    const shifted = Buffer.concat([Buffer.from("GIF89a"), bmp]).subarray(6);
    expect(sniffFormat(shifted).name).toBe("BMP");
    expect(sniffFormat(Uint8Array.from(bytes("xxGIF89a")).subarray(2)).name).toBe("GIF");
  });
});
