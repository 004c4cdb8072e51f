import { convertFirst, developFirst, extractFrames } from "./fileSignatures.ts";
import type { SniffedFormat } from "./sniffFormat.ts";

/** Brands of still pictures in HEVC (ISO/IEC 23008-12, Annex B.4.1 and B.4.2). */
const heicBrands = new Set(["heic", "heix", "heim", "heis"]);
/** Brands of sequences in HEVC (ibidem, B.4.3), and of sequences in anything. */
const sequenceBrands = new Set(["hevc", "hevx", "hevm", "hevs", "msf1"]);

/**
 * Tells what a file is that begins with an `ftyp` box (ISO/IEC 14496-12, 4.3), from its main and its further brands;
 * undefined for any other file.
 */
export function maybeIsoMediaFormat(head: Buffer): SniffedFormat | undefined {
  if (head.length < 12 || head.toString("latin1", 4, 8) !== "ftyp") return undefined;
  const brand = (at: number) => head.toString("latin1", at, at + 4);
  const main = brand(8);
  const further: string[] = [];
  for (let at = 16; at + 4 <= Math.min(head.readUInt32BE(0), head.length); at += 4) further.push(brand(at));
  const has = (wanted: string) => main === wanted || further.includes(wanted);
  if (has("avis")) return unsupported("AVIF sequence");
  if (main === "avif") return { name: "AVIF", kind: "decodable" };
  if (heicBrands.has(main)) return { name: "HEIC", kind: "decodable" };
  if (sequenceBrands.has(main)) return unsupported("HEIC sequence");
  if (main === "mif1" || main === "mif2") {
    // A file may call itself a HEIF image first and what it is among its further brands (AVIF 1.1.0, section 6.1).
    if (has("avif")) return { name: "AVIF", kind: "decodable" };
    return { name: further.some((name) => heicBrands.has(name)) ? "HEIC" : "HEIF", kind: "decodable" };
  }
  if (main.startsWith("jp2") || main === "jpx ") return unsupported("JPEG 2000");
  if (main === "jxl ") return unsupported("JPEG XL");
  if (main === "crx ") {
    return { ...unsupported("camera RAW (Canon CR3)"), advice: developFirst };
  }
  const container = main.startsWith("3g") ? "3GP" : "MP4 or QuickTime";
  return { name: `video (${container})`, kind: "container", advice: extractFrames };
}

function unsupported(name: string): SniffedFormat {
  const advice = name.endsWith("sequence") ? `${convertFirst}, one picture for each file` : convertFirst;
  return { name, kind: "unsupported", advice };
}
