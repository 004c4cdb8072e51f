import { describe, expect, it } from "vitest";
import { sniffFormat } from "../../src/images/sniffFormat.ts";
import { golden, readReferenceImage } from "./reference.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");

/** An ISO media file's first box (ISO/IEC 14496-12, 4.3): its size, `ftyp`, the major brand, a version, further brands. */
function mediaFile(major: string, ...brands: string[]): Buffer {
  const box = Buffer.concat([Buffer.alloc(4), bytes(`ftyp${major}\0\0\0\0${brands.join("")}`)]);
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([box, bytes("\0\0\0\x08meta, and what follows")]);
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
    ["HEIC", "unsupported", mediaFile("heic", "mif1", "heic")],
    ["HEIC", "unsupported", mediaFile("hevc", "msf1", "hevc")],
    ["HEIF", "unsupported", mediaFile("mif1", "mif1", "heic")],
    ["video (MP4 or QuickTime)", "unsupported", mediaFile("isom", "isom", "mp42")],
    ["JPEG 2000", "unsupported", bytes("\0\0\0\x0cjP  \r\n\x87\n")],
    ["JPEG XL", "unsupported", bytes("\xff\x0a\xfa\x7f")],
    ["JPEG XL", "unsupported", bytes("\0\0\0\x0cJXL \r\n\x87\n")],
    ["Photoshop", "unsupported", bytes("8BPS\0\x01")],
    ["PDF", "unsupported", bytes("%PDF-1.7\n")],
    ["SVG", "unsupported", bytes('\xef\xbb\xbf<?xml version="1.0"?>\n<svg xmlns="">')],
    ["SVG", "unsupported", bytes("  <SVG viewBox='0 0 1 1'>")],
    ["video (AVI)", "unsupported", bytes("RIFF\x24\0\0\0AVI LIST")],
    ["video (Matroska or WebM)", "unsupported", bytes("\x1a\x45\xdf\xa3\x01")],
    ["Windows icon", "unsupported", bytes("\0\0\x01\0\x01\0")],
    ["libvips file", "unsupported", bytes("\x08\xf2\xa6\xb6\0\0")],
    ["ZIP archive", "other", bytes("PK\x03\x04\x14\0")],
    ["gzip file", "other", bytes("\x1f\x8b\x08\0")],
    ["HTML page", "other", bytes("\n <!DOCTYPE html><html>")],
    ["HTML page", "other", bytes("<!-- saved --><html>")],
    ["XML file", "other", bytes('<?xml version="1.0"?><Error><Code>AccessDenied')],
    ["JSON file", "other", bytes('{"error": 404}')],
    ["text file", "other", bytes("Not found")],
    ["text file", "other", Buffer.from("Nicht gefunden: Größe")],
    ["text file", "other", bytes("BM, so begins this text, but it is no bitmap")],
    ["text file", "other", bytes("This is WEBP in a text")],
    ["text file", "other", bytes("GIF is a format")],
    ["unknown file", "other", bytes("\0\x01\x02\x03")],
    ["unknown file", "other", bytes("")],
    ["text file", "other", bytes("BM")],
  ])("names %s, %s", (name, kind, head) => {
    expect(sniffFormat(head)).toMatchObject({ name, kind });
  });

  it("looks only into the bytes it is given, wherever they are in memory", () => {
    const bmp = readReferenceImage("photo.bmp").subarray(0, 64);
    const shifted = Buffer.concat([Buffer.from("GIF89a"), bmp]).subarray(6);
    expect(sniffFormat(shifted).name).toBe("BMP");
    expect(sniffFormat(Uint8Array.from(bytes("xxGIF89a")).subarray(2)).name).toBe("GIF");
  });
});
